import type { CatalogueModel, JsonObject, Wire } from "@copilot-llm/model";
import { addCacheBreakpoints } from "../anthropic-messages/add-cache-breakpoints.js";
import type { CanonicalRequest } from "../canonical/request.js";
import { pickSettings } from "../openai-responses/pick-settings.js";
import { applyQuirks, type QuirkContext } from "./apply-quirks.js";
import { codecFor } from "./codec-for.js";
import { fitReasoning } from "./fit-reasoning.js";
import { lowerTools, type ToolNames } from "./lower-tools.js";
import { refuseHeldFiles } from "./refuse-held-files.js";

export interface TranslateRequestOptions {
  /** The id that the upstream knows the model by. */
  readonly modelId: string;
  readonly model: CatalogueModel;
}

/** What the answer's translation must know of the request. */
export interface AnswerPlan {
  readonly protocol: Wire;
  readonly wire: Wire;
  readonly modelId: string;
  readonly toolNames: ToolNames;
  /** Stop sequences that the gateway itself must cut at; empty where the wire does. */
  readonly stopSequences: readonly string[];
  readonly includeUsage: boolean;
  /** False for a Messages client that did not ask for thinking: many take `content[0]` for the text. */
  readonly showsReasoning: boolean;
  readonly estimatedInputTokens: number;
  /** What the answer repeats of the request. */
  readonly settings: JsonObject;
}

export interface TranslatedRequest {
  readonly body: Uint8Array;
  /** What was changed or left out on the way, for the log. */
  readonly warnings: readonly string[];
  readonly plan: AnswerPlan;
}

const bytesPerToken = 4;
const minResponsesTokens = 16;

/**
 * A client's request for a model that speaks another wire. Throws `invalid_request` for what that wire cannot hold
 * without a change of meaning (docs/protocols.md). The body is ready to be sent: the service's quirks are applied.
 */
export function translateRequest(
  protocol: Wire,
  wire: Wire,
  body: JsonObject,
  options: TranslateRequestOptions,
): TranslatedRequest {
  const { modelId, model } = options;
  const decoded = codecFor(protocol).decodeRequest(body);
  if (protocol !== wire) refuseHeldFiles(decoded.request, protocol, wire);
  const asked = { ...decoded.request, model: modelId, includeUsage: true };
  const limited = { ...asked, maxOutputTokens: fitMaxTokens(asked.maxOutputTokens, wire, model) };
  const { request, toolNames } = lowerTools(fitReasoning(limited, wire, model), wire);
  const encoded = codecFor(wire).encodeRequest(request);
  const cached = wire === "anthropic-messages" ? addCacheBreakpoints(encoded.body) : encoded.body;
  const context: QuirkContext = { modelId, model };
  const sent = Buffer.from(JSON.stringify(applyQuirks(wire, cached, context).body));
  return {
    body: sent,
    warnings: [...decoded.warnings, ...encoded.warnings],
    plan: {
      protocol,
      wire,
      modelId,
      toolNames,
      stopSequences: wire === "openai-responses" ? request.stopSequences : [],
      includeUsage: decoded.request.includeUsage,
      showsReasoning: protocol !== "anthropic-messages" || asksForThinking(decoded.request),
      estimatedInputTokens: Math.ceil(sent.length / bytesPerToken),
      settings: protocol === "openai-responses" ? pickSettings(body) : {},
    },
  };
}

function asksForThinking({ reasoning }: CanonicalRequest): boolean {
  return reasoning !== null && reasoning.mode !== "disabled";
}

/**
 * Messages wants a limit and Responses none below 16; a client of another protocol knows neither these rules nor this
 * model's own limit.
 */
function fitMaxTokens(asked: number | null, wire: Wire, model: CatalogueModel): number | null {
  const limit = model.maxOutputTokens;
  if (asked === null) return wire === "anthropic-messages" ? limit : null;
  const least = wire === "openai-responses" ? minResponsesTokens : 1;
  return Math.max(least, limit === null ? asked : Math.min(asked, limit));
}
