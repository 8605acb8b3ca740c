import { defaultSettings } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { settingsVersion } from "./settings-version.js";

const reversed = (value: object) => Object.fromEntries(Object.entries(value).reverse());

test("the version tells settings apart by what they say, not by the order in which they say it", () => {
  const settings = { ...defaultSettings, modelAliases: { opus: "claude-opus-4.6", mini: "gpt-5-mini" } };
  const version = settingsVersion(settings);
  const other = { ...reversed(settings), modelAliases: reversed(settings.modelAliases) } as typeof settings;
  expect(settingsVersion(other)).toBe(version);
  expect(settingsVersion({ ...settings, recording: "off" })).not.toBe(version);
  const chain = (...models: string[]) => settingsVersion({ ...settings, modelFallbacks: { a: models } });
  expect(chain("b", "c")).not.toBe(chain("c", "b"));
});
