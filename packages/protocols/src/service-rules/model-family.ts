import type { CatalogueModel } from "@copilot-llm/model";

/** What a model's id says. */
export interface ModelName {
  readonly vendor: string;
  /** The words before the version: `claude-opus`, `gpt`, `o`; the whole id where it names no version. */
  readonly line: string;
  readonly version: Version;
}

type Version = readonly [major: number, minor: number];

/** A stretch of models. Every absent bound is open. */
interface ModelRange {
  /** Stands in the catalogue's name of the maker, whatever its letter case. */
  readonly vendor?: string;
  /** `claude` takes in every line of Claude. */
  readonly line?: string;
  /** First version that belongs to it. */
  readonly from?: Version;
}

/** The groups of models that rules are about. A new generation is one line here. */
const families = {
  claude: [{ vendor: "anthropic" }, { line: "claude" }],
  "claude-one-sampling-parameter": [
    { line: "claude", from: [4, 5] },
    { line: "claude-opus", from: [4, 1] },
  ],
  "claude-without-sampling": [
    { line: "claude-opus", from: [4, 7] },
    { line: "claude", from: [5, 0] },
  ],
  "claude-without-prefill": [{ line: "claude-sonnet", from: [5, 0] }],
  gemini: [{ vendor: "google" }, { line: "gemini" }],
  "openai-reasoning": [
    { line: "gpt", from: [5, 0] },
    { line: "o", from: [1, 0] },
  ],
} as const satisfies Readonly<Record<string, readonly ModelRange[]>>;

export type FamilyName = keyof typeof families;

const namePattern = /^([a-z]+(?:-[a-z]+)*)-?(\d{1,2})(?:[.-](\d{1,2})(?!\d))?/;
/** `claude-opus-41` and `gpt-41-copilot` leave the dot out; no line has come as far as this. */
const firstRunTogether = 20;

/** Reads the id, once per request: `claude-opus-4.7` is line `claude-opus`, version 4.7; `o3-mini` is line `o`, version 3. */
export function parseModelName({ id, vendor }: Pick<CatalogueModel, "id" | "vendor">): ModelName {
  const lowered = id.toLowerCase();
  const [, line, first, second] = namePattern.exec(lowered) ?? [];
  if (line === undefined) return { vendor: vendor.toLowerCase(), line: lowered, version: [0, 0] };
  const major = Number(first);
  const isRunTogether = second === undefined && major >= firstRunTogether;
  const version: Version = isRunTogether ? [Math.floor(major / 10), major % 10] : [major, Number(second ?? 0)];
  return { vendor: vendor.toLowerCase(), line, version };
}

export function isInFamily(name: ModelName, family: FamilyName): boolean {
  const ranges: readonly ModelRange[] = families[family];
  return ranges.some((range) => isInRange(name, range));
}

function isInRange(name: ModelName, { vendor, line, from }: ModelRange): boolean {
  if (vendor !== undefined && !name.vendor.includes(vendor)) return false;
  if (line !== undefined && name.line !== line && !name.line.startsWith(`${line}-`)) return false;
  return from === undefined || name.version[0] > from[0] || (name.version[0] === from[0] && name.version[1] >= from[1]);
}
