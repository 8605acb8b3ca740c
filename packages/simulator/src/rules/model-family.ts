import type { SimulatedModel } from "../catalogue/simulated-model.js";

/** A stretch of one maker's models. Every absent bound is open. */
interface ModelRange {
  readonly vendor?: SimulatedModel["vendor"];
  /** The id's words before its version: `claude-opus`; `claude` takes in every line of Claude. */
  readonly line?: string;
  /** First version that belongs to it. */
  readonly from?: Version;
}

type Version = readonly [major: number, minor: number];

interface ModelFamily {
  /** As the documentation calls it. */
  readonly label: string;
  readonly ranges: readonly ModelRange[];
}

/** The groups of models that rules are about. A new generation is one line here. */
export const modelFamilies = {
  openai: { label: "OpenAI", ranges: [{ vendor: "openai" }] },
  gemini: { label: "Gemini", ranges: [{ vendor: "google" }] },
  "openai-reasoning": {
    label: "gpt-5 and later, o-models",
    ranges: [
      { line: "gpt", from: [5, 0] },
      { line: "o", from: [1, 0] },
    ],
  },
  "claude-one-sampling-parameter": {
    label: "Claude 4.5 and later, Opus 4.1",
    ranges: [
      { line: "claude", from: [4, 5] },
      { line: "claude-opus", from: [4, 1] },
    ],
  },
  "claude-without-sampling": {
    label: "Opus 4.7 and later, Claude 5",
    ranges: [
      { line: "claude-opus", from: [4, 7] },
      { line: "claude", from: [5, 0] },
    ],
  },
} as const satisfies Record<string, ModelFamily>;

export type FamilyName = keyof typeof modelFamilies;

/** True when the model belongs to the family, by its vendor or by its id. */
export function isInFamily(model: SimulatedModel, name: FamilyName): boolean {
  const { ranges }: ModelFamily = modelFamilies[name];
  return ranges.some((range) => isInRange(model, range));
}

function isInRange(model: SimulatedModel, { vendor, line, from }: ModelRange): boolean {
  if (vendor !== undefined && model.vendor !== vendor) return false;
  if (line === undefined) return true;
  const id = parseModelId(model.id);
  if (id === undefined || (id.line !== line && !id.line.startsWith(`${line}-`))) return false;
  return from === undefined || id.major > from[0] || (id.major === from[0] && id.minor >= from[1]);
}

/** `claude-opus-4.7` is line `claude-opus`, version 4.7; `o3-mini` is line `o`, version 3.0. */
function parseModelId(id: string): { line: string; major: number; minor: number } | undefined {
  const [, line, major, minor] = /^([a-z]+(?:-[a-z]+)*)-?(\d{1,2})(?:[.-](\d{1,2})(?!\d))?/.exec(id) ?? [];
  if (line === undefined) return undefined;
  return { line, major: Number(major), minor: Number(minor ?? 0) };
}
