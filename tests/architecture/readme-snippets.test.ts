import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readText, readWorkspace, repositoryRoot } from "./workspace.ts";

const compiler = path.join(repositoryRoot, "node_modules/typescript/bin/tsc");
/** Inside each package, so that its dependencies are what the snippets can import. */
const folderName = ".readme-snippets";
const snippetPattern = /^```tsx?\n([\s\S]*?)^```$/gm;

const snippets = readWorkspace().flatMap(({ folder }) =>
  [...readText(`${folder}/README.md`).matchAll(snippetPattern)].map(([, code = ""], index) => ({
    folder,
    file: `${folder}/${folderName}/snippet-${index + 1}.ts`,
    code,
  })),
);
const folders = [...new Set(snippets.map(({ folder }) => path.join(repositoryRoot, folder, folderName)))];

const removeAll = () => folders.map((folder) => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says of all files at once; empty when it is content. */
function check(files: readonly { readonly file: string; readonly code: string }[]): Promise<string> {
  for (const { file, code } of files) writeFileSync(path.join(repositoryRoot, file), code);
  const project = path.join(folders[0] ?? "", "tsconfig.json");
  const compilerOptions = { noUnusedLocals: false, moduleDetection: "force", declaration: false };
  const config = {
    extends: path.join(repositoryRoot, "tsconfig.base.json"),
    compilerOptions,
    files: files.map(({ file }) => path.join(repositoryRoot, file)),
  };
  writeFileSync(project, JSON.stringify(config));
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, "-p", project], { cwd: repositoryRoot }, (error, stdout) => {
      resolve(error === null ? "" : stdout);
    });
  });
}

beforeAll(() => {
  removeAll();
  for (const folder of folders) mkdirSync(folder);
});
afterAll(() => void removeAll());

describe("snippets in READMEs", () => {
  it("compile", { timeout: 60_000 }, async () => {
    expect(snippets.length).toBeGreaterThan(5);
    expect(await check(snippets)).toBe("");
  });

  it("are found to be wrong when they are", { timeout: 60_000 }, async () => {
    const [snippet] = snippets;
    const wrong = { file: snippet?.file ?? "", code: `${snippet?.code}\nconst wrong: number = "text";\n` };
    expect(await check([wrong])).toContain("TS2322");
  });
});
