import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { applyEdits, type FormattingOptions, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { decideValue, isObject, type SettingsChange } from "../settings-change.js";
import { assertPathIsFree } from "./assert-path-is-free.js";
import { isSame } from "./is-same.js";
import { unreadable } from "./unreadable.js";

/**
 * Changes JSON, with comments and trailing commas or without, by edits at the places that change (jsonc-parser, as VS Code does).
 * What comes out is read again and must say what was meant, or nothing is changed.
 */
export function mergeJson(existing: string, changes: readonly SettingsChange[]): string {
  return changes.reduce(changeJson, existing);
}

function changeJson(text: string, change: SettingsChange): string {
  const settings = parseJson(text);
  assertPathIsFree(settings, change);
  const current = valueAt(settings, change.path);
  const value = decideValue(change, current);
  if (isSame(current, value)) return text;
  const changed = applyEdits(text, modify(text, [...change.path], value, { formattingOptions: formattingOf(text) }));
  // Of a name that stands there twice jsonc-parser changes the first, while whoever reads the file takes the last.
  if (!isSame(valueAt(parseJson(changed), change.path), value)) {
    throw unreadable(`\`${change.path.join(".")}\`, or a group that it is in, stands there twice`);
  }
  return changed;
}

function parseJson(text: string): JsonObject {
  const errors: ParseError[] = [];
  const settings = parse(text, errors, { allowTrailingComma: true }) as JsonValue | undefined;
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw unreadable(`it is no JSON (${printParseErrorCode(error.error)} in line ${line})`);
  }
  if (!isObject(settings)) throw unreadable("it holds no object");
  return settings;
}

function valueAt(settings: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((value, name) => (isObject(value) ? value[name] : undefined), settings);
}

function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 4 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
