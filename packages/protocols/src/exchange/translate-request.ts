import type { JsonObject } from "@copilot-llm/model";
import { canThink } from "../canonical/fit-reasoning.js";
import { lowerTools, type ToolNames } from "../canonical/lower-tools.js";
import { orderToolTurns } from "../canonical/order-tool-turns.js";
import type { WireDefinition, WireFitting } from "../codec/protocol-definition.js";
import type { RuleContext } from "../service-rules/service-rule.js";
import { type FittedRequest, fitRequest } from "./fit-request.js";
import { refuseHeldFiles } from "./refuse-held-files.js";

export interface TranslatedRequest extends FittedRequest {
  /** What another protocol cannot hold and was left out, in words. */
  readonly warnings: readonly string[];
  /** The client's tools by the names that the upstream knows them by. */
  readonly toolNames: ToolNames;
  /** Stop sequences that do not go up. */
  readonly stopsToCut: readonly string[];
  /** A client of its protocol is to see the model's reasoning. */
  readonly showsReasoning: boolean;
  /** Chat: the client wants the usage chunk. */
  readonly includeUsage: boolean;
}

/**
 * A client's request for a model that speaks another wire. Throws `invalid_request` for what that wire cannot hold
 * without a change of meaning (docs/protocols.md). The body is as the service takes it.
 */
export function translateRequest(
  client: WireDefinition,
  upstream: WireDefinition,
  body: JsonObject,
  context: RuleContext,
): TranslatedRequest {
  const { model } = context;
  const { fitting } = upstream;
  const { request: asked, warnings } = client.decodeRequest(body);
  if (client !== upstream) refuseHeldFiles(asked, client, upstream);
  const limited = {
    ...asked,
    model: model.id,
    messages: orderToolTurns(asked.messages),
    includeUsage: true,
    maxOutputTokens: fitMaxTokens(asked.maxOutputTokens, model.maxOutputTokens, fitting),
  };
  const reasoning = canThink(model) ? upstream.fitReasoning(limited, model) : null;
  const { request, toolNames } = lowerTools({ ...limited, reasoning }, fitting.keepsToolForms);
  const encoded = upstream.encodeRequest(request);
  const fitted = fitRequest(upstream, upstream.addCacheMarks?.(encoded.body) ?? encoded.body, context);
  return {
    ...fitted,
    warnings: [...warnings, ...encoded.warnings],
    toolNames,
    stopsToCut: withoutSent(request.stopSequences, upstream.stopSequences(fitted.body)),
    showsReasoning: client.showsReasoning(asked),
    includeUsage: asked.includeUsage,
  };
}

/** The stop sequences at which the service does not cut, because it does not hear of them. */
export function withoutSent(asked: readonly string[], sent: readonly string[]): readonly string[] {
  return asked.length === sent.length ? [] : asked.filter((sequence) => !sent.includes(sequence));
}

/** A client of another protocol knows neither the wire's own rules nor this model's limit. */
function fitMaxTokens(asked: number | null, limit: number | null, fitting: WireFitting): number | null {
  if (asked === null) return fitting.needsOutputLimit ? limit : null;
  return Math.max(fitting.leastOutputTokens, limit === null ? asked : Math.min(asked, limit));
}
