import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

interface Failure {
  readonly step?: string;
  readonly file?: string;
  readonly title: string;
  readonly message: string;
}

const root = path.resolve(import.meta.dirname, "../..");
const scriptAt = (name: string): string => path.join(root, "scripts", name);

async function describeFailures(failures: readonly Failure[]): Promise<readonly string[]> {
  const script = (await import(pathToFileURL(scriptAt("describe-failures.mjs")).href)) as {
    describeFailures: (failures: readonly Failure[]) => readonly string[];
  };
  return script.describeFailures(failures);
}

const failureOf = (index: number, message: string): Failure => ({
  step: "unit",
  file: `packages/pool/src/file-${index}.test.ts`,
  title: `holds rule ${index}`,
  message,
});

/** Runs Vitest on these files as `npm test` does, and resolves with what the reporter kept. */
async function runTests(files: Readonly<Record<string, string>>): Promise<{ passed: number; failures: Failure[] }> {
  const directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-what-failed-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await Promise.all(Object.entries(files).map(([name, code]) => writeFile(path.join(directory, name), code)));
  const outcome = path.join(directory, "outcome.json");
  const program = path.join(root, "node_modules/vitest/vitest.mjs");
  const args = [program, "run", "--globals", `--root=${directory}`, `--reporter=${scriptAt("failures-reporter.mjs")}`];
  const child = spawn(process.execPath, args, {
    cwd: directory,
    stdio: "ignore",
    env: { ...process.env, VITEST_OUTCOME_FILE: outcome },
  });
  await once(child, "exit");
  return JSON.parse(await readFile(outcome, "utf8")) as { passed: number; failures: Failure[] };
}

describe("the end of `npm test`", () => {
  it("names the step, the file and the title of the one failure, with the head of its message", async () => {
    const message = Array.from({ length: 50 }, (_, line) => `line ${line}`).join("\n");
    const lines = (await describeFailures([failureOf(1, message)])).join("\n");
    expect(lines).toContain("FAILED unit > packages/pool/src/file-1.test.ts > holds rule 1");
    expect(lines).toContain("line 19\n  …");
    expect(lines).not.toContain("line 20");
  });

  it("has every name in its last 40 lines, however long the messages are", async () => {
    const failures = Array.from({ length: 25 }, (_, index) => failureOf(index, "a line\n".repeat(100)));
    const last = (await describeFailures(failures)).slice(-40).join("\n");
    expect(failures.filter(({ title }) => !last.includes(`> ${title}\n`))).toEqual([]);
  });

  it("says nothing where nothing failed", async () => {
    expect(await describeFailures([])).toEqual([]);
  });
});

describe("a run of the tests", () => {
  it("keeps each failure: of a test, a hook, a file that does not load, and what was thrown outside any test", async () => {
    const { passed, failures } = await runTests({
      "one.test.mjs": `describe("sums", () => {
        it("holds", () => {});
        it("adds", () => { expect(1 + 1).toBe(3); });
      });`,
      "two.test.mjs": `describe("servers", () => {
        beforeAll(() => { throw new Error("no port left"); });
        it("answers", () => {});
      });`,
      "three.test.mjs": `import "./missing.mjs"; it("is never seen", () => {});`,
      "four.test.mjs": `it("ends before its work does", async () => {
        Promise.reject(new Error("nobody waited"));
        await new Promise((resolve) => setTimeout(resolve));
      });`,
    });
    expect(passed).toBe(2);
    const told = failures.map(({ file, title, message }) => [file, title, message] as const);
    expect(told.toSorted(([, a], [, b]) => a.localeCompare(b))).toEqual([
      [undefined, "(outside any test)", expect.stringContaining("nobody waited")],
      ["three.test.mjs", "(the file itself)", expect.stringContaining("./missing.mjs")],
      ["two.test.mjs", "servers", expect.stringContaining("no port left")],
      ["one.test.mjs", "sums > adds", expect.stringContaining("expected 2 to be 3")],
    ]);
  });
});
