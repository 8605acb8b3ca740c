import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const script = path.resolve(import.meta.dirname, "../../scripts/bundled-packages.mjs");

/** What a release says of a bundle into which these files of packages went, and which imports this. */
function describeBundle(files: Readonly<Record<string, string>>, imports: readonly string[] = []) {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-bundled-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  }
  const inputs = Object.fromEntries(Object.keys(files).map((file) => [file, {}]));
  const report = { inputs, outputs: { a: { imports: imports.map((name) => ({ path: name, external: true })) } } };
  const program = `
    import { encodeLicences, listBundledPackages, listImportedPackages } from ${JSON.stringify(pathToFileURL(script).href)};
    const report = ${JSON.stringify(report)};
    const packages = listBundledPackages(report, ${JSON.stringify(directory)});
    console.log(JSON.stringify({ licences: encodeLicences(packages), imported: listImportedPackages(report) }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    timeout: 30_000,
  });
  return { stderr, ...(JSON.parse(stdout || "{}") as { licences?: string; imported?: readonly string[] }) };
}

const manifest = (name: string, more: object = {}) =>
  JSON.stringify({ name, version: "1.0.0", license: "MIT", author: { name: "Ada" }, ...more });

describe("the licences beside a published program", () => {
  it("are those of every package in it, once for each version", () => {
    const { licences } = describeBundle({
      "src/main.ts": "",
      "node_modules/a/package.json": manifest("a"),
      "node_modules/a/index.js": "",
      "node_modules/a/LICENSE": "Copyright A. Permission is granted.",
      "node_modules/@b/c/package.json": manifest("@b/c", { license: "ISC" }),
      "node_modules/@b/c/lib/index.js": "",
      "node_modules/@b/c/NOTICE.md": "Copyright C.",
      "node_modules/a/node_modules/@b/c/package.json": manifest("@b/c", { version: "2.0.0" }),
      "node_modules/a/node_modules/@b/c/LICENCE": "Copyright C, again.",
    });
    expect(licences).toMatch(
      /^@b\/c 1\.0\.0 \(ISC\)$[\s\S]*^Copyright C\.$[\s\S]*^@b\/c 2\.0\.0 \(MIT\)$[\s\S]*^Copyright C, again\.$/mu,
    );
    expect(licences).toMatch(/^a 1\.0\.0 \(MIT\)$[\s\S]*^Copyright A\. Permission is granted\.$/mu);
    expect(licences?.match(/^a 1/gmu)).toHaveLength(1);
    expect(licences).not.toContain("By Ada");
  });

  it("are read from the README where there is no file, and name the author where nothing names an owner", () => {
    const { licences } = describeBundle({
      "node_modules/a/package.json": manifest("a"),
      "node_modules/a/readme": "# A\n\n## License\n\nCopyright (c) A\n",
      "node_modules/b/package.json": manifest("b", { author: "Ben <ben@example.com>" }),
    });
    expect(licences).toContain("Copyright (c) A");
    expect(licences).toContain("By Ben <ben@example.com>.");
  });

  it("must be known: a package that tells none stops the release", () => {
    const { licences, stderr } = describeBundle({
      "node_modules/a/package.json": manifest("a", { license: undefined }),
    });
    expect(licences).toBeUndefined();
    expect(stderr).toContain("a 1.0.0 tells no licence");
  });
});

it("a published program depends on what it still imports, and not on what is Node's own", () => {
  const { imported } = describeBundle({}, ["node:fs", "fs/promises", "sqlite", "@b/c/lib/x.js", "a", "a/b"]);
  expect(imported).toEqual(["@b/c", "a"]);
});
