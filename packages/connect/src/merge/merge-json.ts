import type { JsonValue } from "@copilot-llm/model";
import { applyEdits, type FormattingOptions, modify, type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { decideValue, isObject, type SettingsChange } from "../settings-change.js";
import { assertPathIsFree } from "./assert-path-is-free.js";
import { isSame } from "./is-same.js";
import { unreadable } from "./unreadable.js";

/** Changes JSON, with comments and trailing commas or without, by edits at the places that change (jsonc-parser, as VS Code does). */
export function mergeJson(existing: string, changes: readonly SettingsChange[]): string {
  return changes.reduce(changeJson, existing);
}

function changeJson(text: string, change: SettingsChange): string {
  const errors: ParseError[] = [];
  const settings = parse(text, errors, { allowTrailingComma: true }) as JsonValue | undefined;
  const [error] = errors;
  if (error !== undefined) {
    const line = text.slice(0, error.offset).split("\n").length;
    throw unreadable(`it is no JSON (${printParseErrorCode(error.error)} in line ${line})`);
  }
  if (!isObject(settings)) throw unreadable("it holds no object");
  assertPathIsFree(settings, change);
  const current = change.path.reduce<JsonValue | undefined>(
    (value, name) => (isObject(value) ? value[name] : undefined),
    settings,
  );
  const value = decideValue(change, current);
  if (isSame(current, value)) return text;
  return applyEdits(text, modify(text, [...change.path], value, { formattingOptions: formattingOf(text) }));
}

function formattingOf(text: string): FormattingOptions {
  const indent = /^([ \t]+)\S/m.exec(text)?.[1] ?? "  ";
  return {
    insertSpaces: !indent.startsWith("\t"),
    tabSize: indent.startsWith("\t") ? 4 : indent.length,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
  };
}
