import { type CatalogueModel, estimateTokens, type JsonObject } from "@copilot-llm/model";
import { canThink } from "../canonical/fit-reasoning.js";
import { lowerTools, type ToolNames } from "../canonical/lower-tools.js";
import type { WireDefinition, WireFitting } from "../codec/protocol-definition.js";
import { applyQuirks } from "./apply-quirks.js";
import { refuseHeldFiles } from "./refuse-held-files.js";

/** What the answer's translation must know of the request. */
export interface AnswerPlan {
  readonly client: WireDefinition;
  readonly upstream: WireDefinition;
  readonly modelId: string;
  readonly toolNames: ToolNames;
  /** Stop sequences that the gateway itself must cut at; empty where the wire does. */
  readonly stopSequences: readonly string[];
  readonly includeUsage: boolean;
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

/**
 * A client's request for a model that speaks another wire. Throws `invalid_request` for what that wire cannot hold
 * without a change of meaning (docs/protocols.md). The body is ready to be sent: the service's quirks are applied.
 */
export function translateRequest(
  client: WireDefinition,
  upstream: WireDefinition,
  body: JsonObject,
  model: CatalogueModel,
): TranslatedRequest {
  const { fitting } = upstream;
  const decoded = client.decodeRequest(body);
  if (client !== upstream) refuseHeldFiles(decoded.request, client, upstream);
  const maxOutputTokens = fitMaxTokens(decoded.request.maxOutputTokens, model.maxOutputTokens, fitting);
  const asked = { ...decoded.request, model: model.id, includeUsage: true, maxOutputTokens };
  const reasoning = canThink(model) ? upstream.fitReasoning(asked, model) : null;
  const { request, toolNames } = lowerTools({ ...asked, reasoning }, fitting.keepsToolForms);
  const encoded = upstream.encodeRequest(request);
  const marked = upstream.addCacheMarks?.(encoded.body) ?? encoded.body;
  const sent = Buffer.from(JSON.stringify(applyQuirks(upstream, marked, { modelId: model.id, model }).body));
  return {
    body: sent,
    warnings: [...decoded.warnings, ...encoded.warnings],
    plan: {
      client,
      upstream,
      modelId: model.id,
      toolNames,
      stopSequences: fitting.takesStopSequences ? [] : request.stopSequences,
      includeUsage: decoded.request.includeUsage,
      showsReasoning: client.showsReasoning(decoded.request),
      estimatedInputTokens: estimateTokens(sent.length),
      settings: client.pickSettings?.(body) ?? {},
    },
  };
}

/** A client of another protocol knows neither the wire's own rules nor this model's limit. */
function fitMaxTokens(asked: number | null, limit: number | null, fitting: WireFitting): number | null {
  if (asked === null) return fitting.needsOutputLimit ? limit : null;
  return Math.max(fitting.leastOutputTokens, limit === null ? asked : Math.min(asked, limit));
}
