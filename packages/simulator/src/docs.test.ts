import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { renderRuleTables } from "../testing/render-rule-tables.js";
import { ruleTables } from "../testing/rule-tables.js";
import { faultPresets } from "./faults/fault-presets.js";
import { defaultQuirks } from "./quirks.js";
import { directiveNames } from "./script/parse-directives.js";

const path = fileURLToPath(new URL("../../../docs/simulator.md", import.meta.url));
const page = readFileSync(path, "utf8");

describe("docs/simulator.md", () => {
  it.each([...Object.keys(faultPresets), ...Object.keys(defaultQuirks)])("names %s", (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  it.each([...directiveNames])("explains the directive %s", (name) => {
    expect(page).toMatch(new RegExp(`^\\|.*\`${name}[ \`]`, "m"));
  });

  it("shows the rules as they are (`vitest -u` writes them anew)", async () => {
    const [start, end] = ["<!-- rules: made from the rows -->\n", "\n<!-- end of the rules -->"];
    const [before, rest] = page.split(start);
    const after = rest?.split(end)[1];
    if (before === undefined || after === undefined) throw new Error("the page has lost the marks around its rules");
    await expect(`${before}${start}\n${renderRuleTables()}\n${end}${after}`).toMatchFileSnapshot(path);
  });
});

describe("the rules", () => {
  it.each(ruleTables.map(({ title, rows }) => [title, rows] as const))("of %s have an id of their own", (_, rows) => {
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
