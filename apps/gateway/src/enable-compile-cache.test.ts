import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { enableCompileCache } from "./enable-compile-cache.js";

function openCache() {
  const home = mkdtempSync(path.join(tmpdir(), "copilot-llm-cache-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const enabled: string[] = [];
  return { home, enabled, node: { enableCompileCache: (directory: string) => enabled.push(directory) } };
}

test("what is compiled lies where only its user may write", () => {
  const { home, enabled, node } = openCache();
  enableCompileCache({ XDG_CACHE_HOME: home }, node);
  const directory = path.join(home, "copilot-llm", "compiled");
  expect(enabled).toEqual([directory]);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test("nothing is kept where Node cannot, the user says otherwise, or nothing can be written", () => {
  const { home, enabled, node } = openCache();
  enableCompileCache({ XDG_CACHE_HOME: home }, {});
  enableCompileCache({ XDG_CACHE_HOME: home, NODE_COMPILE_CACHE: "/elsewhere" }, node);
  enableCompileCache({ XDG_CACHE_HOME: home, NODE_DISABLE_COMPILE_CACHE: "1" }, node);
  writeFileSync(path.join(home, "file"), "");
  enableCompileCache({ XDG_CACHE_HOME: path.join(home, "file") }, node);
  expect(enabled).toEqual([]);
});
