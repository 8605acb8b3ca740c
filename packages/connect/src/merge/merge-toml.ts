import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { parse, patch } from "@decimalturn/toml-patch";
import { applyChange, isObject, type SettingsChange } from "../settings-change.js";
import { encodeTomlTable } from "../text/encode-toml.js";
import { assertPathIsFree } from "./assert-path-is-free.js";
import { isSame } from "./is-same.js";
import { unreadable } from "./unreadable.js";

/**
 * Changes TOML at the places that change (toml-patch). Tables that are new go to the end of the file, under a header of their own,
 * as people write them. What comes out is read again and must say what was meant, or nothing is changed.
 */
export function mergeToml(existing: string, changes: readonly SettingsChange[]): string {
  const settings = parseToml(existing);
  for (const change of changes) assertPathIsFree(settings, change);
  const wanted = changes.reduce(applyChange, settings);
  if (isSame(settings, wanted)) return existing;
  const [inPlace, added] = splitNewTables(settings, wanted);
  const candidates = [() => appendTables(patchToml(existing, inPlace), added), () => patchToml(existing, wanted)];
  for (const candidate of candidates) {
    const text = candidate();
    if (saysSame(text, wanted)) return text;
  }
  throw unreadable("its layout is one that cannot be kept");
}

function parseToml(text: string): JsonObject {
  try {
    return toPlain(parse(text));
  } catch (error) {
    throw unreadable(`it is no TOML (${error instanceof Error ? error.message.split("\n")[0] : "unknown"})`);
  }
}

/** Dates and integers that no double holds become their text: they are only compared. */
function toPlain(value: unknown): JsonObject {
  return JSON.parse(
    JSON.stringify(value, (_name, part) => (typeof part === "bigint" ? `${part}` : part)),
  ) as JsonObject;
}

function patchToml(text: string, wanted: JsonObject): string {
  // Values that do not change go back as they were parsed, so that dates stay dates.
  return patch(text, keepUnchanged(parse(text), wanted) as JsonObject);
}

function keepUnchanged(parsed: unknown, wanted: JsonValue | undefined): unknown {
  if (!isObject(wanted)) return isSame(toPlain(parsed ?? null), wanted) ? parsed : wanted;
  const source = parsed as Readonly<Record<string, unknown>> | undefined;
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => [name, keepUnchanged(source?.[name], value)]),
  );
}

interface NewTable {
  readonly path: readonly string[];
  readonly table: JsonObject;
}

/** What changes in tables that are there, and the tables that are not. */
function splitNewTables(
  settings: JsonObject,
  wanted: JsonObject,
  path: readonly string[] = [],
): readonly [inPlace: JsonObject, added: readonly NewTable[]] {
  const inPlace: Record<string, JsonValue | undefined> = {};
  const added: NewTable[] = [];
  for (const [name, value] of Object.entries(wanted)) {
    const current = settings[name];
    if (!isObject(value)) inPlace[name] = value;
    else if (!isObject(current)) added.push({ path: [...path, name], table: value });
    else {
      const [below, addedBelow] = splitNewTables(current, value, [...path, name]);
      inPlace[name] = below;
      added.push(...addedBelow);
    }
  }
  return [inPlace, added];
}

function appendTables(text: string, added: readonly NewTable[]): string {
  if (added.length === 0) return text;
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const tables = added.map(({ path, table }) => encodeTomlTable(table, path)).join("\n");
  return `${text.trimEnd()}${lineEnd}${lineEnd}${tables.replaceAll("\n", lineEnd)}`;
}

function saysSame(text: string, wanted: JsonObject): boolean {
  try {
    return isSame(toPlain(parse(text)), wanted);
  } catch {
    return false;
  }
}
