import { describe, expect, it } from "vitest";
import { keyLimits } from "../../packages/quota/src/key-limits.ts";
import type { SyntaxNode } from "./source-file.ts";
import { readWorkspace } from "./workspace.ts";

/** Where a limit is spelled out: what a key is, the table, what lies on disks, and where some are picked: presets, and the demo's people. */
const spelledOut = [
  /^packages\/model\/src\/api-key\.ts$/,
  /^packages\/quota\/src\/key-limits\.ts$/,
  /^packages\/stores\/src\/\w+\/(key-limits-schema\.ts$|migrations\/)/,
  /^apps\/console\/features\/keys\/preset-limits\.ts$/,
  /^apps\/gateway\/src\/commands\/demo\/month\/(people|play-month)\.ts$/,
];

/** Tests, and the pool, which limits what one token does at a time. */
const others = /^packages\/(stores\/src\/contract|pool)\/|^apps\/[^/]+\/testing\//;

const sources = readWorkspace()
  .flatMap((workspacePackage) => workspacePackage.sources)
  .filter(({ path, isTest }) => !isTest && !others.test(path));

function isWord({ type, name, value }: SyntaxNode, words: readonly string[]): boolean {
  if (type === "Identifier") return words.some((word) => word === name);
  return type === "Literal" && words.some((word) => word === value);
}

describe("a limit of a key", () => {
  it.each(keyLimits)("$name is written in the table, and nowhere that follows from it", ({ name, field }) => {
    const spelling = sources.filter(({ nodes }) => nodes.some((node) => isWord(node, [name, field])));
    const paths = spelling.map(({ path }) => path);
    expect(paths).toContain("packages/quota/src/key-limits.ts");
    expect(paths.filter((path) => !spelledOut.some((place) => place.test(path)))).toEqual([]);
  });
});
