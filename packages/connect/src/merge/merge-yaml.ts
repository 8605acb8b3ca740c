import type { JsonValue } from "@copilot-llm/model";
import { type Document, isMap, parseDocument, type ScalarTag, type Tags } from "yaml";
import { decideValue, isObject, type SettingsChange } from "../settings-change.js";
import { assertPathIsFree } from "./assert-path-is-free.js";
import { isSame } from "./is-same.js";
import { unreadable } from "./unreadable.js";

/** Changes YAML in its syntax tree (yaml), which keeps comments, anchors and the order of things. */
export function mergeYaml(existing: string, changes: readonly SettingsChange[]): string {
  const document = parseDocument(existing, { keepSourceTokens: true, customTags: keepNumbers });
  const [error] = document.errors;
  if (error !== undefined) throw unreadable(`it is no YAML (${error.message.split("\n")[0]})`);
  if (document.contents !== null && !isMap(document.contents)) throw unreadable("it holds no mapping");
  const changed = changes.filter((change) => changeYaml(document, change));
  if (changed.length === 0) return existing;
  return document.toString({ lineWidth: 0, indentSeq: !/:[ \t]*\r?\n-[ \t]/.test(existing) });
}

/** Numbers that do not change stay as they are written: yaml writes all anew, and 12345678901234567890 with other digits. */
function keepNumbers(tags: Tags): Tags {
  return tags.map((tag) => (isNumberTag(tag) ? { ...tag, stringify: numberWriter(tag) } : tag));
}

function isNumberTag(tag: Tags[number]): tag is ScalarTag {
  return typeof tag !== "string" && /:(int|float)$/.test(tag.tag);
}

function numberWriter({ stringify }: ScalarTag): NonNullable<ScalarTag["stringify"]> {
  return (item, ...context) =>
    item.source !== undefined && Number(item.source) === item.value
      ? item.source
      : (stringify?.(item, ...context) ?? String(item.value));
}

/** True when something changed. */
function changeYaml(document: Document.Parsed, change: SettingsChange): boolean {
  const settings = (document.toJS() ?? {}) as JsonValue;
  if (!isObject(settings)) throw unreadable("it holds no mapping");
  assertPathIsFree(settings, change);
  const current = change.path.reduce<JsonValue | undefined>(
    (value, name) => (isObject(value) ? value[name] : undefined),
    settings,
  );
  const value = decideValue(change, current);
  if (isSame(current, value)) return false;
  if (change.kind !== "put" || !Array.isArray(current)) {
    document.setIn(change.path, document.createNode(value));
    return true;
  }
  // Only our item: a new list would lose the comments of the others.
  const index = current.findIndex((item) => isObject(item) && item[change.by] === change.item[change.by]);
  const item = document.createNode(change.item);
  if (index === -1) document.addIn(change.path, item);
  else document.setIn([...change.path, index], item);
  return true;
}
