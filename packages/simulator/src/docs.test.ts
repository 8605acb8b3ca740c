import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { faultPresets } from "./faults/fault-presets.js";
import { defaultQuirks } from "./quirks.js";
import { directiveNames } from "./script/parse-directives.js";

const page = readFileSync(new URL("../../../docs/simulator.md", import.meta.url), "utf8");

describe("docs/simulator.md", () => {
  it.each([...Object.keys(faultPresets), ...Object.keys(defaultQuirks)])("names %s", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it.each([...directiveNames])("explains the directive %s", (name) => {
    expect(page).toMatch(new RegExp(`^\\|.*\`${name}[ \`]`, "m"));
  });
});
