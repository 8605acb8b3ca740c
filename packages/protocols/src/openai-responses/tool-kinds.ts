import type { JsonObject } from "@copilot-llm/model";
import { invalidField } from "../body/fields.js";

const hosted = /^(?:web_search|image_generation|mcp$|code_interpreter|file_search)/;
const computer = /^computer(?:$|[_-])/;

/** True for a tool that runs at OpenAI, which Copilot's service does not offer. */
export function isHostedTool({ type }: JsonObject): boolean {
  return typeof type === "string" && hosted.test(type);
}

/**
 * Throws `invalid_request` for a computer, which the client itself moves: without it an agent would have no hands, and
 * would not hear of it. `at` is the tool's place.
 */
export function refuseComputer({ type }: JsonObject, at: string): void {
  if (typeof type !== "string" || !computer.test(type)) return;
  const who = type === "computer" ? "only models that speak Responses themselves may take" : "no model here takes";
  throw invalidField(at, `\`${at}\` is of the type "${type}", which ${who}; offer what it does as functions instead.`);
}
