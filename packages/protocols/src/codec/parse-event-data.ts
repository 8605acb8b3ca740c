import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";

/** The data of a server-sent event as an object; null for anything else, which decoders pass over. */
export function parseEventData(data: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
