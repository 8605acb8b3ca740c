import type { JsonObject, JsonValue } from "@copilot-llm/model";

/** One change of a settings file. Whatever no change names stays as it is. */
export type SettingsChange =
  /** The value at `path` becomes `value`, whole; the objects on the way are made where they are missing. */
  | { readonly kind: "set"; readonly path: readonly string[]; readonly value: JsonValue }
  /** The same, but only where there is no value yet. */
  | { readonly kind: "default"; readonly path: readonly string[]; readonly value: JsonValue }
  /** In the list at `path` the item whose `by` is that of `item` becomes `item`, or it is added at the end. */
  | { readonly kind: "put"; readonly path: readonly string[]; readonly by: string; readonly item: JsonObject };

/** What an empty file becomes by the changes, as a tree. */
export function createSettings(changes: readonly SettingsChange[]): JsonObject {
  return changes.reduce(applyChange, {});
}

/** The tree with one change made; the tree that was given stays as it is. */
export function applyChange(settings: JsonObject, change: SettingsChange): JsonObject {
  return replaceAt(settings, change.path, (current) => decideValue(change, current));
}

/** What stands at the change's path afterwards, when `current` stands there now. */
export function decideValue(change: SettingsChange, current: JsonValue | undefined): JsonValue {
  switch (change.kind) {
    case "set":
      return change.value;
    case "default":
      return current ?? change.value;
    case "put":
      return putItem(Array.isArray(current) ? current : [], change.by, change.item);
  }
}

function replaceAt(
  settings: JsonObject,
  [name = "", ...rest]: readonly string[],
  replace: (current: JsonValue | undefined) => JsonValue,
): JsonObject {
  const current = settings[name];
  const value = rest.length === 0 ? replace(current) : replaceAt(isObject(current) ? current : {}, rest, replace);
  return { ...settings, [name]: value };
}

function putItem(list: readonly JsonValue[], by: string, item: JsonObject): JsonValue[] {
  const index = list.findIndex((candidate) => isObject(candidate) && candidate[by] === item[by]);
  return index === -1 ? [...list, item] : list.map((candidate, position) => (position === index ? item : candidate));
}

/** Whether a value is an object that can hold settings. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
