import type { JsonObject, JsonValue } from "@copilot-llm/model";

const closingBrace = 0x7d;

/** What an object has beside all that another has; null where anything else is different between the two. */
export function addedMembers(before: JsonObject, after: JsonObject): JsonObject | null {
  if (before === after) return {};
  for (const name in before) if (after[name] !== before[name]) return null;
  const added: Record<string, JsonValue | undefined> = {};
  for (const name in after) if (!Object.hasOwn(before, name)) added[name] = after[name];
  return added;
}

/** The bytes of a JSON object that is not empty, with more members behind its own; the very bytes where there are none. */
export function appendMembers(bytes: Uint8Array, members: JsonObject): Uint8Array {
  if (Object.keys(members).length === 0) return bytes;
  const end = bytes.lastIndexOf(closingBrace);
  return Buffer.concat([bytes.subarray(0, end), Buffer.from(`,${JSON.stringify(members).slice(1)}`)]);
}
