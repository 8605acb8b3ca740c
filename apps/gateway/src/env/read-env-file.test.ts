import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readEnvFile } from "./read-env-file.js";

function createDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-env-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  return directory;
}

test("a byte order mark before the first variable is no part of its name", () => {
  const file = path.join(createDirectory(), ".env");
  writeFileSync(file, "\ufeffPORT=8001\nHOST=::1\n");
  expect(readEnvFile(file)).toEqual({ PORT: "8001", HOST: "::1" });
});

test("a directory of that name is no file, and neither is nothing", () => {
  const directory = createDirectory();
  expect(readEnvFile(directory)).toEqual({});
  expect(readEnvFile(path.join(directory, ".env"))).toEqual({});
});
