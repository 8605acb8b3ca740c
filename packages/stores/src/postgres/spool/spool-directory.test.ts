import fileSystem, { readdir } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { failFileWrites } from "../../../testing/fail-file-writes.js";
import { createRecordingLog } from "../../../testing/recording-log.js";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { sampleEntry } from "../../contract/samples.js";
import { SpoolDirectory } from "./spool-directory.js";

async function openDirectory(path: string) {
  const log = createRecordingLog();
  const directory = await SpoolDirectory.open({ path, gatewayId: "gateway", clock: createManualClock(), log });
  onTestFinished(() => directory.close());
  return {
    directory,
    log,
    /** The agents of what is delivered. */
    async deliver(): Promise<readonly (string | null)[]> {
      const agents: (string | null)[] = [];
      await directory.deliver(async (entries) => {
        agents.push(...entries.map(({ record }) => record.userAgent));
      });
      return agents;
    },
  };
}

function from(userAgent: string) {
  return sampleEntry(userAgent.length, { userAgent });
}

/** Until the returned function is called. */
function failRemovals(): () => void {
  const spy = vi.spyOn(fileSystem, "rm").mockRejectedValue(Object.assign(new Error("EIO"), { code: "EIO" }));
  syncBuiltinESMExports();
  const end = () => {
    spy.mockRestore();
    syncBuiltinESMExports();
  };
  onTestFinished(end);
  return end;
}

describe("a spool that cannot be removed", () => {
  it("is done with once it is delivered, and does not hold up what comes after it", async () => {
    const { directory, deliver, log } = await openDirectory(await createTemporaryDirectory());
    await directory.append(from("a"));
    const endFaults = failRemovals();
    expect(await deliver()).toEqual(["a"]);
    expect(directory.isEmpty).toBe(true);
    endFaults();
    expect(log.lines).toEqual([expect.stringContaining("warn: Delivered records stay on disk")]);
    await directory.append(from("bb"));
    expect(await deliver()).toEqual(["bb"]);
  });
});

describe("a write that fails half-way, and cannot be taken back", () => {
  it.each([1, 2])("leaves what is acknowledged before and after it as it was written: fault %i", async (fault) => {
    const path = await createTemporaryDirectory();
    const { directory, deliver } = await openDirectory(path);
    await directory.append(from("before"));
    const endFaults = await failFileWrites({ from: fault, isLasting: true });
    onTestFinished(endFaults);
    await expect(directory.append(from("refused ".repeat(100)))).rejects.toThrow("ENOSPC");
    endFaults();
    await directory.append(from("after"));
    if (fault === 1) {
      expect(await deliver()).toEqual(["before", "after"]);
      return;
    }
    await directory.close();
    expect(await (await openDirectory(path)).deliver()).toEqual(["before", "after"]);
    expect(await readdir(path)).toEqual([]);
  });
});

describe("a spool that another process took over", () => {
  it("takes nothing more, and is left to the other once it is delivered", async () => {
    const path = await createTemporaryDirectory();
    const clock = createManualClock();
    const log = createRecordingLog();
    const directory = await SpoolDirectory.open({ path, gatewayId: "gateway", clock, log });
    onTestFinished(() => directory.close());
    await directory.append(from("a"));
    const spoolPath = join(path, "gateway-1");
    await fileSystem.rename(join(spoolPath, "lock.1"), join(spoolPath, "lock.2"));
    clock.advance(5000);
    await expect(directory.append(from("bb"))).rejects.toMatchObject({ code: "unavailable" });
    const delivered: string[] = [];
    await directory.deliver(async (entries) => {
      delivered.push(...entries.map(({ record }) => record.userAgent ?? ""));
    });
    expect(delivered).toEqual(["a"]);
    expect((await readdir(spoolPath)).sort()).toEqual(["lock.2", "records.spool"]);
    expect(log.lines).toEqual([expect.stringContaining("error: ")]);
  });
});
