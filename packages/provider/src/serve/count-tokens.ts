import { setImmediate } from "node:timers/promises";
import type { CatalogueModel, Wire } from "@copilot-llm/model";
import { countPromptTokens, type RequestPeek } from "@copilot-llm/protocols";
import { chooseWire } from "./prepare-request.js";
import { recordRequest } from "./record-request.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeAnswer, ServeCall } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

/** Only `/v1/messages` has a count of the upstream's own. */
export function countsHere(call: ServeCall, model: CatalogueModel): boolean {
  return call.operation === "count_tokens" && !model.wires.includes("anthropic-messages");
}

/** Answers `count_tokens` without the upstream: no token is leased and nothing is charged. */
export async function countHere(
  options: ServeOptions,
  trace: RequestTrace,
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<ServeAnswer> {
  const protocol = trace.call.protocol as Wire;
  const wire = chooseWire(model, protocol, peek.body) as Wire;
  const inputTokens = await countPromptTokens(peek.body, { protocol, wire, model, pause: () => setImmediate() });
  const body = Buffer.from(JSON.stringify({ input_tokens: inputTokens }));
  const status = 200;
  await recordRequest(options, trace, { outcome: "completed", status, error: null, usage: null, response: body });
  return { status, headers: { "content-type": "application/json" }, body, error: null, trace };
}
