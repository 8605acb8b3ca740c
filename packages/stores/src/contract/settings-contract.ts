import assert from "node:assert/strict";
import { defaultSettings, routingStrategies } from "@copilot-llm/model";
import type { TestApi, WithStores } from "./test-api.js";

export function settingsContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("settings", () => {
    it(
      "are the defaults at first, and keep parallel changes of different fields",
      withStores(async (stores, { reopen }) => {
        assert.deepEqual(await stores.settings.read(), defaultSettings);
        await Promise.all([
          stores.settings.update(() => ({ routingStrategy: "fill_first" }), null),
          stores.settings.update(() => ({ modelAliases: { fast: "gpt-5-mini" } }), null),
        ]);
        const expected = { ...defaultSettings, routingStrategy: "fill_first", modelAliases: { fast: "gpt-5-mini" } };
        const { settings } = await reopen();
        assert.deepEqual(await settings.read(), expected);
        const keyDefaults = {
          allowedModels: ["gpt-*"],
          limits: { ...defaultSettings.keyDefaults.limits, maxCredits: 2.5, limitPeriod: "month" as const },
          recording: "metadata" as const,
        };
        const batches = { enabled: true, maxInPool: 4, maxPerToken: 2, quietHours: [8, 9] };
        const changes = { recording: "off", modelFallbacks: { a: ["b", "c"] }, keyDefaults, batches } as const;
        assert.deepEqual(await settings.update(() => changes, null), { ...expected, ...changes });
        assert.deepEqual(await (await reopen()).settings.read(), { ...expected, ...changes });
      }),
    );

    it(
      "hold every routing strategy",
      withStores(async (stores, { reopen }) => {
        for (const routingStrategy of routingStrategies) {
          await stores.settings.update(() => ({ routingStrategy }), null);
          assert.equal((await stores.settings.read()).routingStrategy, routingStrategy);
        }
        assert.equal((await (await reopen()).settings.read()).routingStrategy, routingStrategies.at(-1));
      }),
    );
  });
}
