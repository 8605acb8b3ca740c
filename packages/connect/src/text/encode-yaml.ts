import type { JsonObject, JsonValue } from "@copilot-llm/model";

/** A document of plain values, lists and mappings, in block form; strings are quoted unless nothing can be mistaken. */
export function encodeYaml(document: JsonObject): string {
  return `${encodeMapping(document).join("\n")}\n`;
}

function encodeMapping(mapping: JsonObject): string[] {
  return Object.entries(mapping).flatMap(([name, value]) => (value === undefined ? [] : encodeEntry(name, value)));
}

function encodeEntry(name: string, value: JsonValue): string[] {
  const head = `${encodeString(name)}:`;
  return isBlock(value) ? [head, ...indent(encodeBlock(value))] : [`${head} ${encodeScalar(value)}`];
}

function encodeBlock(value: JsonObject | readonly JsonValue[]): string[] {
  return isList(value) ? value.flatMap(encodeItem) : encodeMapping(value);
}

function encodeItem(value: JsonValue): string[] {
  const [first = "", ...rest] = isBlock(value) ? encodeBlock(value) : [encodeScalar(value)];
  return [`- ${first}`, ...indent(rest)];
}

function encodeScalar(value: JsonValue): string {
  if (typeof value === "string") return encodeString(value);
  return JSON.stringify(value);
}

/** Plain only what no version of YAML reads as anything else than this text. */
function encodeString(text: string): string {
  const isPlain = /^[A-Za-z][\w./ -]*$/.test(text) && !/\s$|^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function isBlock(value: JsonValue): value is JsonObject | readonly JsonValue[] {
  return typeof value === "object" && value !== null && Object.keys(value).length > 0;
}

function isList(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}
