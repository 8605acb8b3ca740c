import { charactersPerToken } from "../billing/measure-prompt.js";
import { parseQuirks, type Quirks } from "../quirks.js";
import type { StreamBreakage } from "../wires/scripted-reply.js";
import type { PlannedPart, Script } from "./script.js";

const directivePattern = /^[ \t]*sim:[ \t]*([a-z-]+)[ \t]*(.*)$/gim;
const fillerText = "The quick brown fox jumps over the lazy dog. ";

type Draft = { -readonly [Key in Exclude<keyof Script, "steps">]: Script[Key] } & { steps: PlannedPart[][] };
type Directive = (draft: Draft, argument: string) => void;

/** Every directive, by name. A line `sim: NAME ARGUMENT` in the last user message runs it. */
const directives: Readonly<Record<string, Directive>> = {
  text: (draft, text) => addPart(draft, { type: "text", text: unescapeText(text) }),
  reasoning: (draft, text) => addPart(draft, { type: "reasoning", text: unescapeText(text) }),
  redacted: (draft, text) => addPart(draft, { type: "reasoning", text: unescapeText(text), isRedacted: true }),
  refuse: (draft, text) => addPart(draft, { type: "refusal", text: text || "I cannot help with that." }),
  tool: (draft, argument) => {
    const [name = "", ...rest] = argument.split(/\s+(.*)/s);
    const argumentsText = rest.join("").trim();
    addPart(draft, {
      type: "tool-call",
      tool: name === "" ? undefined : name,
      argumentsText: argumentsText === "" ? undefined : argumentsText,
    });
  },
  long: (draft, tokens) => addPart(draft, { type: "text", text: fillerOf(numberFrom(tokens, 1000)) }),
  // biome-ignore lint/suspicious/noThenProperty: a directive's name, not a promise
  then: (draft) => {
    draft.steps.push([]);
  },
  length: (draft) => {
    draft.endsByLength = true;
  },
  "chunk-size": (draft, size) => {
    draft.chunkSize = numberFrom(size, 24);
  },
  delay: (draft, delayMs) => {
    draft.chunkDelayMs = numberFrom(delayMs, 20);
  },
  "first-byte": (draft, delayMs) => {
    draft.firstByteDelayMs = numberFrom(delayMs, 1000);
  },
  "split-bytes": (draft, count) => {
    draft.splitBytes = numberFrom(count, 7);
  },
  "split-pairs": (draft) => {
    draft.splitsPairs = true;
    draft.chunkSize = 1;
  },
  cut: (draft, argument) => breakStream(draft, "cut", argument),
  eof: (draft, argument) => breakStream(draft, "eof", argument),
  error: (draft, argument) => breakStream(draft, "error", argument),
  silence: (draft, argument) => breakStream(draft, "silence", argument),
  fault: (draft, name) => {
    draft.fault = name.trim();
  },
  quirk: (draft, argument) => {
    draft.quirks = { ...draft.quirks, ...parseQuirk(argument) };
  },
};

/** The names of all directives, for the documentation's test. */
export const directiveNames: readonly string[] = Object.keys(directives);

/** Splits a user message into its directives and the rest. No script without directives; unknown names stay text. */
export function parseDirectives(text: string): { readonly text: string; readonly script: Script | undefined } {
  const draft: Draft = {
    steps: [[]],
    endsByLength: false,
    chunkSize: undefined,
    chunkDelayMs: undefined,
    firstByteDelayMs: undefined,
    splitBytes: undefined,
    splitsPairs: false,
    breakage: undefined,
    quirks: {},
    fault: undefined,
  };
  let found = false;
  const rest = text.replace(directivePattern, (line, name: string, argument: string) => {
    const directive = directives[name.toLowerCase()];
    if (directive === undefined) return line;
    found = true;
    directive(draft, argument.trim());
    return "";
  });
  return found ? { text: rest.trim(), script: draft } : { text, script: undefined };
}

/** Text of exactly this many tokens. */
function fillerOf(tokens: number): string {
  const length = tokens * charactersPerToken;
  return fillerText.repeat(Math.ceil(length / fillerText.length)).slice(0, length);
}

function addPart(draft: Draft, part: PlannedPart): void {
  draft.steps.at(-1)?.push(part);
}

function breakStream(draft: Draft, kind: StreamBreakage["kind"], argument: string): void {
  const [first, second] = argument
    .split(/\s+/)
    .filter((word) => word !== "")
    .map(Number);
  draft.breakage = {
    kind,
    ...(first === undefined ? {} : { afterFrames: first }),
    ...(second === undefined ? {} : { durationMs: second }),
  };
}

/** `name=value`; one that does not exist is ignored. */
function parseQuirk(argument: string): Partial<Quirks> {
  const [name = "", text = ""] = argument.split("=").map((word) => word.trim());
  const value = text === "true" || text === "false" ? text === "true" : text;
  try {
    return parseQuirks({ [name]: value });
  } catch {
    return {};
  }
}

function numberFrom(text: string, fallback: number): number {
  const value = Number.parseInt(text, 10);
  return Number.isFinite(value) && value >= 0 ? value : fallback;
}

function unescapeText(text: string): string {
  return text.replaceAll("\\n", "\n");
}
