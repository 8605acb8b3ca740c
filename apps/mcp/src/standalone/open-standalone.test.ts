import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Log } from "@copilot-llm/model";
import { createSystemClock, createSystemRandomness } from "@copilot-llm/provider";
import { expect, it, onTestFinished } from "vitest";
import { parseMcpSettings } from "../settings/parse-mcp-settings.js";
import { openStandalone } from "./open-standalone.js";

const log: Log = { debug() {}, info() {}, warn() {}, error() {} };

it("leaves nothing of a start that fails after the stores were opened", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "copilot-llm-standalone-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const settings = parseMcpSettings({ DATA_DIR: root, GITHUB_TOKEN: "gho_alice0123456789" });
  const opening = openStandalone({
    settings: { ...settings, extraCaCertsFile: path.join(root, "no-such-file.pem") },
    environment: {},
    clock: createSystemClock(),
    randomness: createSystemRandomness(),
    log,
  });
  await expect(opening).rejects.toThrow(/no-such-file/);
  expect(await readdir(root)).toEqual([]);
});
