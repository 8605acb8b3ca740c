import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { runtimeProcesses } from "../../testing/runtime-processes.js";

const startRuntime = path.resolve(import.meta.dirname, "../../testing/start-runtime.mjs");

it("a runtime ends by itself when the process that started it is killed", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-orphan-"));
  const parent = spawn(process.execPath, [startRuntime, directory], { stdio: ["ignore", "pipe", "inherit"] });
  await once(parent.stdout, "data");
  expect(runtimeProcesses(directory)).toHaveLength(1);
  parent.kill("SIGKILL");
  await once(parent, "exit");
  await expect.poll(() => runtimeProcesses(directory), { timeout: 15_000 }).toEqual([]);
  rmSync(directory, { recursive: true });
}, 20_000);
