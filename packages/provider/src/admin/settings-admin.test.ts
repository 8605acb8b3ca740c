import { defaultSettings, type RoutingStrategy } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { SettingsCache } from "../changes/settings-cache.js";
import { openBench } from "../testing/open-bench.js";
import { SettingsAdmin } from "./settings-admin.js";

async function setUp() {
  const bench = await openBench();
  const cache = await SettingsCache.open(bench.stores.settings);
  const strategies: RoutingStrategy[] = [];
  const pool = { setStrategy: (strategy: RoutingStrategy) => void strategies.push(strategy) };
  return { ...bench, cache, strategies, settings: new SettingsAdmin({ cache, pool, audit: bench.audit }) };
}

test("a change is in force at once, stored, and on the trail", async () => {
  const { settings, cache, stores, strategies, trail } = await setUp();
  expect(settings.read()).toEqual(defaultSettings);
  const changed = await settings.update("ada", { routingStrategy: "fill_first", modelAliases: { fast: "gpt-5-mini" } });
  expect(changed).toEqual({ ...defaultSettings, routingStrategy: "fill_first", modelAliases: { fast: "gpt-5-mini" } });
  expect(cache.current()).toEqual(changed);
  expect(await stores.settings.read()).toEqual(changed);
  expect(strategies).toEqual(["fill_first"]);
  expect(await trail()).toMatchObject([
    { actor: "ada", action: "settings.update", detail: { changed: "routingStrategy,modelAliases" } },
  ]);
});

test("the defaults for new keys change one by one; aliases and fallbacks as a whole", async () => {
  const { settings } = await setUp();
  await settings.update("ada", { keyDefaults: { limits: { maxCredits: 5 } }, modelFallbacks: { a: ["b"] } });
  const { keyDefaults, modelFallbacks } = await settings.update("ada", {
    keyDefaults: { recording: "off", limits: { limitPeriod: "month" } },
    modelFallbacks: { c: ["d", "e"] },
  });
  const limits = { ...defaultSettings.keyDefaults.limits, maxCredits: 5, limitPeriod: "month" };
  expect(keyDefaults).toEqual({ allowedModels: null, limits, recording: "off" });
  expect(modelFallbacks).toEqual({ c: ["d", "e"] });
});

test("parallel changes of different defaults are all kept", async () => {
  const { settings, stores } = await setUp();
  await Promise.all([
    settings.update("ada", { keyDefaults: { limits: { maxCredits: 5 } } }),
    settings.update("ada", { keyDefaults: { limits: { maxRequests: 10 } } }),
    settings.update("ada", { keyDefaults: { recording: "off" } }),
  ]);
  const limits = { ...defaultSettings.keyDefaults.limits, maxCredits: 5, maxRequests: 10 };
  expect(settings.read().keyDefaults).toEqual({ allowedModels: null, limits, recording: "off" });
  expect((await stores.settings.read()).keyDefaults).toEqual(settings.read().keyDefaults);
});

test("what another gateway changed in the defaults stays", async () => {
  const { settings, stores } = await setUp();
  const limits = { ...defaultSettings.keyDefaults.limits, maxCredits: 5 };
  await stores.settings.update(({ keyDefaults }) => ({ keyDefaults: { ...keyDefaults, limits } }), null);
  const { keyDefaults } = await settings.update("ada", { keyDefaults: { recording: "off" } });
  expect(keyDefaults).toEqual({ allowedModels: null, limits, recording: "off" });
});

test.each([
  ["model_aliases", { modelAliases: { a: "a" } }],
  ["model_fallbacks", { modelFallbacks: { a: ["b", "a"] } }],
  ["model_fallbacks", { modelFallbacks: { a: ["b", "b"] } }],
])("a model cannot stand in for itself, nor twice: %s", async (param, changes) => {
  const { settings, trail } = await setUp();
  await expect(settings.update("ada", changes)).rejects.toMatchObject({ code: "invalid_request", param });
  expect(settings.read()).toEqual(defaultSettings);
  expect(await trail()).toEqual([]);
});

test("no change is no event", async () => {
  const { settings, trail } = await setUp();
  expect(await settings.update("ada", {})).toEqual(defaultSettings);
  expect(await trail()).toEqual([]);
});

test("how batches are run changes field by field", async () => {
  const { settings, stores, trail } = await setUp();
  await settings.update("ada", { batches: { enabled: true } });
  const { batches } = await settings.update("ada", { batches: { maxInPool: 4, quietHours: [8, 9] } });
  expect(batches).toEqual({ enabled: true, maxInPool: 4, maxPerToken: 1, quietHours: [8, 9] });
  expect((await stores.settings.read()).batches).toEqual(batches);
  expect(await trail()).toMatchObject([{ detail: { changed: "batches" } }, { detail: { changed: "batches" } }]);
});
