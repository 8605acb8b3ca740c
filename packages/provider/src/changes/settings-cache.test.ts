import { setImmediate } from "node:timers/promises";
import { defaultSettings } from "@copilot-llm/model";
import type { SettingsStore } from "@copilot-llm/stores";
import { expect, test } from "vitest";
import { SettingsCache } from "./settings-cache.js";

/** A store in memory whose answers take as many turns of the event loop as given. */
function createSlowStore(turns: number[]): SettingsStore {
  let stored = defaultSettings;
  return {
    read: async () => stored,
    async update(edit) {
      const settings = { ...stored, ...edit(stored) };
      stored = settings;
      for (let left = turns.shift() ?? 0; left > 0; left -= 1) await setImmediate();
      return settings;
    },
  };
}

test("the newest settings are in force, however late the answer to an earlier change comes", async () => {
  const cache = await SettingsCache.open(createSlowStore([3, 0]));
  await Promise.all([
    cache.update(() => ({ routingStrategy: "fill_first" }), null),
    cache.update(() => ({ routingStrategy: "most_remaining" }), null),
  ]);
  expect(cache.current().routingStrategy).toBe("most_remaining");
});

test("a change that is refused leaves the settings as they are, and the next one goes through", async () => {
  const cache = await SettingsCache.open(createSlowStore([]));
  const refused = cache.update(() => {
    throw new Error("no");
  }, null);
  const next = cache.update(() => ({ recording: "off" }), null);
  await expect(refused).rejects.toThrow("no");
  expect(await next).toEqual({ ...defaultSettings, recording: "off" });
});
