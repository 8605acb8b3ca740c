import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { runtimeProcesses } from "../../testing/runtime-processes.js";
import { createSdkClient } from "./create-sdk-client.js";

it("never starts a second process: who comes late finds the runtime lost", async () => {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-client-"));
  const settings = {
    environment: process.env,
    copilotApiUrl: "http://127.0.0.1:9",
    githubApiUrl: "http://127.0.0.1:9",
  };
  const client = createSdkClient(directory, { kind: "none" }, settings);
  await client.start();
  expect(runtimeProcesses(directory)).toHaveLength(1);
  await client.forceStop();
  await expect(client.createSession({ availableTools: [] })).rejects.toMatchObject({ name: "RuntimeLostError" });
  await expect.poll(() => runtimeProcesses(directory)).toEqual([]);
  rmSync(directory, { recursive: true });
});
