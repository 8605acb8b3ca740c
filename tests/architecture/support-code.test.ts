import path from "node:path";
import { describe, expect, it } from "vitest";
import { createFileGraph, type ImportGraph } from "./import-graph.ts";
import { parseSourceFile, type SourceFile } from "./source-file.ts";
import { listFiles, readWorkspace } from "./workspace.ts";

/** What folders of code for tests are called elsewhere; here all are called `testing`. */
const otherNames =
  /^(?:harness|support|fixtures?|mocks?|stubs?|fakes?|__\w+__|tests?-(?:support|utils?|helpers?|kit|lib|fixtures?))$/;

/** Folders with a name of another kind, each once. */
function foldersOfOtherNames(files: readonly string[]): string[] {
  const folders = files.flatMap((file) => {
    const parts = path.posix.dirname(file).split("/");
    const at = parts.findIndex((part) => otherNames.test(part));
    return at === -1 ? [] : [parts.slice(0, at + 1).join("/")];
  });
  return [...new Set(folders)].sort();
}

/** Files beside what is shipped that only tests import. An `index.ts` is what a package offers to others. */
function forTestsOnly(files: readonly SourceFile[], graph: ImportGraph): string[] {
  const tests = new Set(files.filter(({ isTest }) => isTest).map(({ path: file }) => file));
  const importers = new Map<string, string[]>();
  for (const [file, targets] of graph) {
    for (const target of targets) importers.set(target, [...(importers.get(target) ?? []), file]);
  }
  return [...importers]
    .filter(([file]) => !tests.has(file) && !file.endsWith("/index.ts"))
    .filter(([, from]) => from.every((importer) => tests.has(importer)))
    .map(([file]) => file)
    .sort();
}

const files = readWorkspace().flatMap(({ sources }) => sources);

describe("code for tests", () => {
  it("lies in folders called `testing`", () => {
    expect(foldersOfOtherNames(listFiles("."))).toEqual([]);
  });

  it("does not lie among what is shipped", () => {
    expect(forTestsOnly(files, createFileGraph(files))).toEqual([]);
  });
});

describe("the rules for code for tests", () => {
  it("see a folder of another name", () => {
    const found = ["packages/a/test-support/b.ts", "packages/a/src/testing/b.ts", "tests/harness/b/c.ts", "tests/d.ts"];
    expect(foldersOfOtherNames(found)).toEqual(["packages/a/test-support", "tests/harness"]);
  });

  it("see a file that only tests import", () => {
    const sources = {
      "packages/a/src/index.ts": `export { one } from "./one.js";`,
      "packages/a/src/one.ts": "",
      "packages/a/src/two.ts": "",
      "packages/a/src/testing/three.ts": `import "../two.js";`,
      "packages/a/src/one.test.ts": `import "./one.js"; import "./two.js"; import "./index.js";`,
    };
    const parsed = Object.entries(sources).map(([file, code]) => parseSourceFile(file, code));
    expect(forTestsOnly(parsed, createFileGraph(parsed))).toEqual(["packages/a/src/two.ts"]);
  });
});
