import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { AuditEvent } from "@copilot-llm/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { failFileWrites } from "../../testing/fail-file-writes.js";
import { createRecordingLog } from "../../testing/recording-log.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { sampleEvent } from "../contract/samples.js";
import { ChangeTrail } from "./change-trail.js";
import { openSettingsStore } from "./lowdb-settings-store.js";

/** A trail whose database is a list, and a document that keeps events for it. */
async function openTrail() {
  const database: AuditEvent[] = [];
  const trail = new ChangeTrail(createRecordingLog());
  const path = join(await createTemporaryDirectory(), "settings.json");
  const { store, close } = await openSettingsStore(path, { trail, requireHeld: async () => undefined });
  onTestFinished(close);
  trail.start({
    append: async (event) => database.push(event) > 0,
    list: async () => database,
  });
  return {
    trail,
    database,
    change: (event: AuditEvent | null) =>
      store.update(
        ({ legacyKeyEnabled }) => ({ legacyKeyEnabled: !legacyKeyEnabled }),
        event === null ? null : () => event,
      ),
    readFile: () => readFile(path, "utf8"),
  };
}

const first = sampleEvent(1);

describe("what the trail has taken over", () => {
  it("is forgotten as soon as the document has let go of it", async () => {
    const { trail, database, change } = await openTrail();
    await change(first);
    await expect.poll(() => trail.hasTaken(first.id)).toBe(true);
    await change(null);
    expect(trail.hasTaken(first.id)).toBe(false);
    expect(database).toEqual([first]);
  });

  it("is remembered while the document could not be written without it", async () => {
    const { trail, change, readFile } = await openTrail();
    await change(first);
    await expect.poll(() => trail.hasTaken(first.id)).toBe(true);
    const endFaults = await failFileWrites({ from: 1, isLasting: true });
    onTestFinished(endFaults);
    await expect(change(null)).rejects.toMatchObject({ code: "unavailable" });
    endFaults();
    expect(trail.hasTaken(first.id)).toBe(true);
    expect(await readFile()).toContain(first.id);
    await change(null);
    expect(await readFile()).not.toContain(first.id);
    expect(trail.hasTaken(first.id)).toBe(false);
  });
});
