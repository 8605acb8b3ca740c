import { describe, expect, it } from "vitest";
import { mapBrowserLanguages } from "./locale-preference";

describe("mapBrowserLanguages", () => {
  it.each([
    [["zh-CN", "en"], "zh-CN"],
    [["zh"], "zh-CN"],
    [["de-DE", "zh-TW"], "zh-CN"],
    [["en-GB", "zh-CN"], "en"],
    [["fr"], "en"],
    [[], "en"],
  ])("maps %j to %s", (languages, locale) => {
    expect(mapBrowserLanguages(languages)).toBe(locale);
  });
});
