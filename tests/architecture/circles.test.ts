import { describe, expect, it } from "vitest";
import { collapseTo, collapseToRooms, createFileGraph, findCircles, foldersOf } from "./import-graph.ts";
import { foldersWithCircles, sourcesWithoutOrder } from "./layers.ts";
import { parseSourceFile } from "./source-file.ts";
import { readWorkspace } from "./workspace.ts";

const workspace = readWorkspace();
const files = workspace.flatMap(({ sources }) => sources);
const shipped = createFileGraph(files.filter((file) => !file.isTest));
const folders = workspace.flatMap(({ folder }) => foldersOf(folder, shipped));

describe("imports", () => {
  it("make no circle of files, tests and what they share among them", () => {
    expect(findCircles(createFileGraph(files))).toEqual([]);
  });

  it("make no circle of what lies beside each other in a folder: subfolders and files", () => {
    const withCircles = folders.filter((folder) => findCircles(collapseTo(folder, shipped)).length > 0);
    // One that was mended leaves the list too: it only gets shorter.
    expect(withCircles).toEqual(foldersWithCircles);
  });

  it("go one way between the files right in `src` and its subfolders: the former are above all of the latter, or below", () => {
    const sources = workspace.map(({ folder }) => `${folder}/src`);
    const withoutOrder = sources.filter((folder) => findCircles(collapseToRooms(folder, shipped)).length > 0);
    expect(withoutOrder).toEqual(sourcesWithoutOrder);
  });
});

describe("the search for circles", () => {
  const graphOf = (sources: Readonly<Record<string, string>>) =>
    createFileGraph(Object.entries(sources).map(([file, code]) => parseSourceFile(file, code)));

  it("sees circles of types, of re-exports, of aliases, and over several files", () => {
    const circle = graphOf({
      "apps/a/src/one.ts": `import type { Two } from "./two.js";`,
      "apps/a/src/two.ts": `export { three } from "./deep/three.js";`,
      "apps/a/src/deep/three.tsx": `const one = await import("#src/one");`,
      "apps/a/src/alone.ts": `import { one } from "./one.js"; import { gone } from "./gone.js";`,
    });
    expect(findCircles(circle)).toEqual([["apps/a/src/deep/three.tsx", "apps/a/src/one.ts", "apps/a/src/two.ts"]]);
  });

  it("sees folders that import each other though none of their files do", () => {
    const graph = graphOf({
      "packages/a/src/x/one.ts": `import "../y/two.js";`,
      "packages/a/src/x/two.ts": "",
      "packages/a/src/y/one.ts": `import "../x/two.js";`,
      "packages/a/src/y/two.ts": "",
    });
    expect(findCircles(graph)).toEqual([]);
    expect(foldersOf("packages/a", graph)).toEqual([
      "packages/a",
      "packages/a/src",
      "packages/a/src/x",
      "packages/a/src/y",
    ]);
    expect(findCircles(collapseTo("packages/a/src", graph))).toEqual([["packages/a/src/x", "packages/a/src/y"]]);
  });

  it("lets a file in the root of a folder be above some of its subfolders and below others", () => {
    const graph = graphOf({
      "packages/a/src/index.ts": `export { top } from "./top/top.js";`,
      "packages/a/src/top/top.ts": `import "../words.js"; import "./deep/low.js";`,
      "packages/a/src/top/deep/low.ts": `import "../../words.js";`,
      "packages/a/src/words.ts": "",
    });
    for (const folder of foldersOf("packages/a", graph)) expect(findCircles(collapseTo(folder, graph))).toEqual([]);
  });

  it("takes the files right in `src` for one room, without `index` and `main`", () => {
    const sources = {
      "packages/a/src/index.ts": `export { low } from "./deep/low.js";`,
      "packages/a/src/top.ts": `import "./deep/low.js";`,
      "packages/a/src/deep/low.ts": "",
      "packages/a/src/words.ts": "",
    };
    expect(findCircles(collapseToRooms("packages/a/src", graphOf(sources)))).toEqual([]);
    const mixed = { ...sources, "packages/a/src/deep/low.ts": `import "../words.js";` };
    expect(findCircles(collapseToRooms("packages/a/src", graphOf(mixed)))).toEqual([
      ["packages/a/src", "packages/a/src/deep"],
    ]);
  });
});
