import type { JsonObject } from "@copilot-llm/model";
import { isArray } from "../body/json.js";

/** `stop`: one sequence, or a list of them. */
export function stopSequences({ stop }: JsonObject): readonly string[] {
  if (typeof stop === "string") return [stop];
  return isArray(stop) ? stop.filter((sequence) => typeof sequence === "string") : [];
}
