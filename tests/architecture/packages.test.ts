import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readText, readWorkspace, repositoryRoot } from "./workspace.ts";

const workspace = readWorkspace();
const published = workspace.filter(({ manifest }) => manifest.private !== true);
const maxReadmeLines = 60;

describe.each(workspace.map(({ folder }) => folder))("%s", (folder) => {
  it(`has a README of at most ${maxReadmeLines} lines`, () => {
    expect(existsSync(path.join(repositoryRoot, folder, "README.md"))).toBe(true);
    expect(readText(`${folder}/README.md`).trimEnd().split("\n").length).toBeLessThanOrEqual(maxReadmeLines);
  });
});

describe.each(published.map(({ manifest }) => [manifest.name, manifest] as const))("%s", (_name, manifest) => {
  it("lists its entry points one by one, each with types", () => {
    const entries = Object.entries(manifest.exports ?? {});
    expect(entries.map(([entry]) => entry)).toContain(".");
    for (const [entry, conditions] of entries) {
      expect(entry).not.toContain("*");
      expect(Object.keys(conditions)).toEqual(["@copilot-llm/source", "types", "default"]);
    }
  });

  it("publishes the built files only", () => {
    const built = Object.entries(manifest.exports ?? {}).map(([entry, { types, default: code }]) => [
      entry,
      { types, default: code },
    ]);
    expect(manifest.publishConfig?.exports).toEqual(Object.fromEntries(built));
    expect(manifest.files).toEqual(["dist"]);
  });
});
