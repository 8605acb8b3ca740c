import { parse as parseToml } from "@decimalturn/toml-patch";
import fc from "fast-check";
import { parse as parseJsonc } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { parse as parseYaml } from "yaml";
import { createSettings, type SettingsChange } from "../settings-change.js";
import { encodeSettings } from "../text/encode-settings.js";
import { mergeSettings } from "./merge-settings.js";

const set = (path: string, value: string): SettingsChange => ({ kind: "set", path: path.split("/"), value });

const merge = (language: "json" | "toml" | "yaml" | "dotenv", existing: string, changes: readonly SettingsChange[]) =>
  mergeSettings(existing, { language, changes, text: encodeSettings(createSettings(changes), language) });

describe("JSON settings", () => {
  it("keep comments, trailing commas, indentation and line ends", () => {
    const existing = `{\r\n    // mine\r\n    "theme": "dark", /* why not */\r\n    "env": {\r\n        "A": "1",\r\n    },\r\n}\r\n`;
    expect(merge("json", existing, [set("env/B", "2"), set("model", "m")])).toBe(
      `{\r\n    // mine\r\n    "theme": "dark", /* why not */\r\n    "env": {\r\n        "A": "1",\r\n        "B": "2",\r\n    },\r\n    "model": "m",\r\n}\r\n`,
    );
  });

  it("keep tabs", () => {
    expect(merge("json", `{\n\t"a": 1\n}\n`, [set("b/c", "2")])).toBe(`{\n\t"a": 1,\n\t"b": {\n\t\t"c": "2"\n\t}\n}\n`);
  });

  it.each([
    ["{ not json", /no JSON .* line 1/],
    ["[1]", /no object/],
    [`{ "env": "x" }`, /`env` is no group/],
    [`{ "env": { "A": 1 }`, /no JSON/],
    [`{ "env": { "A": "2", "A": "3" } }`, /`env.A`.* twice/],
    [`{ "env": { "A": "2" }, "env": { "A": "3" } }`, /`env.A`.* twice/],
  ])("are left alone when they are %j", (existing, message) => {
    expect(() => merge("json", existing, [set("env/A", "1")])).toThrow(message);
  });
});

describe("TOML settings", () => {
  const changes = [set("model", "m"), set("model_provider", "p"), set("model_providers/p/name", "P")];

  it("keep comments and everything else; a new table goes to the end", () => {
    const existing = `# my config
model = "gpt-5" # favourite
approval_policy = "on-request"

# providers
[model_providers.other]
name = "Other"   # keep

[projects."/a/b"]
trust_level = "trusted"
since = 2026-01-02T03:04:05Z

[[hooks]]
on = "stop"
`;
    expect(merge("toml", existing, changes)).toBe(`# my config
model = "m" # favourite
approval_policy = "on-request"

# providers
model_provider = "p"
[model_providers.other]
name = "Other"   # keep

[projects."/a/b"]
trust_level = "trusted"
since = 2026-01-02T03:04:05Z

[[hooks]]
on = "stop"

[model_providers.p]
name = "P"
`);
  });

  it("are changed where the table is there already, and in an inline table too", () => {
    expect(merge("toml", `[model_providers.p]\nname = "Old" # c\nextra = 1\n`, changes)).toContain(
      `[model_providers.p]\nname = "P" # c\nextra = 1\n`,
    );
    const inline = merge("toml", `model_providers = { other = { name = "O" } } # one line\n`, changes);
    expect(inline).toContain("# one line");
    expect(parseToml(inline)).toMatchObject({ model_providers: { other: { name: "O" }, p: { name: "P" } } });
  });

  it("keep Windows line ends", () => {
    const merged = merge("toml", `# c\r\n[tui]\r\na = 1\r\n`, changes);
    expect(merged.replaceAll("\r\n", "")).not.toContain("\n");
  });

  it.each([
    ["model = ", /no TOML/],
    [`model_providers = "x"\n`, /`model_providers` is no group/],
  ])("are left alone when they are %j", (existing, message) => {
    expect(() => merge("toml", existing, changes)).toThrow(message);
  });
});

describe("Numbers that others have set", () => {
  const numbers = ["12345678901234567890", "1e3", "0x1F", "+5", "1.50", "010"];

  it("stay as they are written in YAML", () => {
    const existing = numbers.map((number, index) => `n${index}: ${number}\n`).join("");
    expect(merge("yaml", existing, [set("model", "m")])).toBe(`${existing}model: m\n`);
  });

  it("stay as they are written in TOML", () => {
    const existing = `big = 9007199254740993\nhex = 0x1F\nlong = 1e3\nhalf = 1.50\n[group]\nbig = 9007199254740993\n`;
    expect(merge("toml", existing, [set("group/model", "m")])).toBe(`${existing}model = "m"\n`);
  });

  it("stay as they are written in JSON", () => {
    const existing = `{\n  "big": 12345678901234567890,\n  "long": 1e3\n}\n`;
    expect(merge("json", existing, [set("model", "m")])).toBe(
      `{\n  "big": 12345678901234567890,\n  "long": 1e3,\n  "model": "m"\n}\n`,
    );
  });
});

describe("YAML settings", () => {
  const put = (name: string, value: string): SettingsChange => ({
    kind: "put",
    path: ["models"],
    by: "name",
    item: { name, value },
  });

  it("keep comments, and the other items of a list", () => {
    const existing = `# top
name: Mine # ours
models:
  # local
  - name: a
    value: 1 # one
  - name: b
    value: 2
`;
    expect(
      merge("yaml", existing, [put("b", "3"), put("c", "4"), { kind: "default", path: ["name"], value: "x" }]),
    ).toBe(
      `# top
name: Mine # ours
models:
  # local
  - name: a
    value: 1 # one
  - name: b
    value: "3"
  - name: c
    value: "4"
`,
    );
  });

  it.each([
    ["a: [", /no YAML/],
    ["- a", /no mapping/],
    ["models: x", /`models` is no list/],
  ])("are left alone when they are %j", (existing, message) => {
    expect(() => merge("yaml", existing, [put("a", "1")])).toThrow(message);
  });
});

describe("dotenv settings", () => {
  it("keep the other lines, and hold each variable once more than before at most", () => {
    expect(merge("dotenv", "# c\nexport KEY=old\nOTHER=1", [set("KEY", "new"), set("MORE", "a b")])).toBe(
      `# c\nKEY=new\nOTHER=1\nMORE="a b"\n`,
    );
  });
});

const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/);
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
const tree = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar)))));
const someChanges = fc.array(
  fc.record({
    kind: fc.constant("set" as const),
    path: fc.array(name, { minLength: 1, maxLength: 3 }),
    value: fc.string(),
  }),
  { minLength: 1, maxLength: 4 },
);

describe("whatever is in a file and whatever changes", () => {
  it.each([
    ["json", parseJsonc],
    ["toml", parseToml],
    ["yaml", parseYaml],
  ] as const)("a %s file holds what it held, with the changes, or is left alone", (language, read) => {
    fc.assert(
      fc.property(tree, someChanges, (before, changes) => {
        const existing = encodeSettings(before, language);
        let merged: string;
        try {
          merged = merge(language, existing, changes);
        } catch (error) {
          expect((error as Error).message).toMatch(/cannot be changed safely/);
          return;
        }
        expect(plain(read(merged))).toEqual(plain(changes.reduce(applied, before)));
        expect(merge(language, merged, changes)).toBe(merged);
      }),
      { numRuns: 150, seed: 13 },
    );
  });
});

const applied = (settings: object, change: SettingsChange): object =>
  createSettings([
    ...Object.entries(settings).map(([key, value]): SettingsChange => ({ kind: "set", path: [key], value })),
    change,
  ]);

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
