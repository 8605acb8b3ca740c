import { describe, expect, it } from "vitest";
import { listLoaded } from "./import-graph.ts";
import { parseSourceFile } from "./source-file.ts";
import { readWorkspace } from "./workspace.ts";

const sources = readWorkspace().flatMap((each) => each.sources);

describe("what a start loads", () => {
  it("is not what the console, the admin API or one way of running takes", () => {
    const loaded = listLoaded(["apps/gateway/src/main.ts", "apps/gateway/src/commands/run-program.ts"], sources);
    expect(loaded).toContain("prom-client");
    const heavy = [...loaded].filter((name) =>
      /^(@hono|hono|zod|undici|pg|openid-client|@modelcontextprotocol)(\/|$)/.test(name),
    );
    // An error class of its own.
    expect(heavy).toEqual(["hono/http-exception"]);
  });

  it("is of undici an agent, and not its fetch, caches and mocks", () => {
    const loaded = listLoaded(["packages/copilot/src/index.ts"], sources);
    expect([...loaded].filter((name) => name.startsWith("undici")).sort()).toEqual([
      "undici/lib/core/errors.js",
      "undici/lib/dispatcher/agent.js",
    ]);
  });

  it("is found through files, but not through types and what is imported later", () => {
    const files = Object.entries({
      "apps/a/src/main.ts": `import type { One } from "one"; import "./next.js"; const two = import("two");`,
      "apps/a/src/next.ts": `export { three } from "three"; import "./main.js";`,
    }).map(([file, code]) => parseSourceFile(file, code));
    expect([...listLoaded(["apps/a/src/main.ts"], files)]).toEqual(["three"]);
  });
});
