import type { JsonValue } from "@copilot-llm/model";

/** Whether two trees say the same, whatever the order of their names. */
export function isSame(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return encode(a) === encode(b);
}

function encode(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  ) as string;
}
