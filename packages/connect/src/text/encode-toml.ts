import type { JsonObject, JsonValue } from "@copilot-llm/model";

/** A document of strings, numbers, truth values, lists of them, and tables. */
export function encodeToml(document: JsonObject): string {
  return encodeTable(document, []).join("\n");
}

/** Just the tables below `path`, for adding to a document that has none of them. */
export function encodeTomlTable(table: JsonObject, path: readonly string[]): string {
  return encodeTable(table, path).join("\n");
}

function encodeTable(table: JsonObject, path: readonly string[]): string[] {
  const entries = Object.entries(table).filter(([, value]) => value !== undefined);
  const values = entries.flatMap(([name, value]) =>
    isTable(value) ? [] : [`${encodeName(name)} = ${encodeValue(value)}\n`],
  );
  const tables = entries.flatMap(([name, value]) => (isTable(value) ? encodeTable(value, [...path, name]) : []));
  const isHeaderNeeded = path.length > 0 && (values.length > 0 || tables.length === 0);
  const own = [isHeaderNeeded ? `[${path.map(encodeName).join(".")}]\n` : "", ...values].join("");
  return own === "" ? tables : [own, ...tables];
}

function encodeName(name: string): string {
  return /^[A-Za-z0-9_-]+$/.test(name) ? name : JSON.stringify(name);
}

function encodeValue(value: JsonValue | undefined): string {
  // JSON's strings, numbers and truth values are TOML's; so are lists of them.
  return Array.isArray(value) ? `[${value.map(encodeValue).join(", ")}]` : JSON.stringify(value);
}

function isTable(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
