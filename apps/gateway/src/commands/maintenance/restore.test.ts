import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCommand } from "../../testing/run-command.js";

test.each([
  ["text", "this is no archive"],
  ["nothing", ""],
  ["zeros", "\0".repeat(2_000)],
])("a file of %s is told to be no backup, and leaves no directory", async (_what, content) => {
  const root = mkdtempSync(path.join(tmpdir(), "copilot-llm-restore-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const [archive, target] = [path.join(root, "junk.tar"), path.join(root, "restored")];
  writeFileSync(archive, content);
  const restore = () => runCommand(["restore", archive, "--data-dir", target]);
  const told = {
    exitCode: 1,
    stderr: `copilot-llm: ${archive} is no backup archive: \`copilot-llm backup\` writes one.\n`,
  };
  expect(await restore()).toMatchObject(told);
  expect(existsSync(target)).toBe(false);
  // A directory that was there stays.
  mkdirSync(target);
  expect(await restore()).toMatchObject(told);
  expect(existsSync(target)).toBe(true);
});
