import type { JsonValue } from "@copilot-llm/model";

/** Deeper JSON is refused: no API takes schemas of a tenth of it, and whoever walks a body may do so by recursion. */
export const mostLevels = 256;

/** True when arrays and objects are nested deeper than `levels`. Looks no further down than that. */
export function isDeeperThan(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (levels === 0) return true;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const item: unknown = value[index];
      if (typeof item === "object" && item !== null && isDeeperThan(item as JsonValue, levels - 1)) return true;
    }
    return false;
  }
  for (const name in value) {
    const member = (value as { readonly [name: string]: JsonValue | undefined })[name];
    if (typeof member === "object" && member !== null && isDeeperThan(member, levels - 1)) return true;
  }
  return false;
}
