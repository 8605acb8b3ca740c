import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

const unit = path.resolve(import.meta.dirname, "../../deploy/systemd/copilot-llm.service");
const isInstalled = spawnSync("systemd-analyze", ["--version"]).status === 0;
const title = "the systemd unit";

/** The unit with a program that is on this machine. */
function writeUnit(): string {
  const file = path.join(temporaryDirectory(), "copilot-llm.service");
  writeFileSync(file, readFileSync(unit, "utf8").replace("/usr/local/bin/copilot-llm", process.execPath));
  return file;
}

describe.skipIf(!isInstalled)(isInstalled ? title : `${title} (skipped: needs systemd-analyze)`, () => {
  it("is understood by systemd without a warning", () => {
    const { status, stdout, stderr } = spawnSync("systemd-analyze", ["verify", writeUnit()], { encoding: "utf8" });
    expect([status, stdout, stderr]).toEqual([0, "", ""]);
  });

  it("leaves little open, by systemd's own measure of 0 to 10", () => {
    const args = ["security", "--offline=yes", "--threshold=20", writeUnit()];
    const { status, stdout } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
    const exposure = Number(/exposure level for \S+ ([\d.]+)/.exec(stdout)?.[1]);
    expect(exposure).toBeLessThan(2);
    expect(status).toBe(0);
  });
});
