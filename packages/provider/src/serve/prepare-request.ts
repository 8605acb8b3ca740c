import type { UpstreamPath } from "@copilot-llm/copilot";
import { type CatalogueModel, GatewayError, type JsonObject, type Protocol, type Wire } from "@copilot-llm/model";
import {
  type AnswerPlan,
  applyQuirks,
  chatIgnoresSchema,
  filterBetas,
  type QuirkContext,
  type RequestPeek,
  replaceModel,
  stripReasoning,
  translateRequest,
} from "@copilot-llm/protocols";
import type { ServeCall } from "./serve-call.js";

/** A client's request as it goes to the upstream. */
export interface PreparedRequest {
  readonly model: CatalogueModel;
  readonly wire: Protocol;
  readonly path: UpstreamPath;
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** How the answer comes back; null: the client speaks the wire itself. */
  readonly plan: AnswerPlan | null;
  /** What was changed or left out on the way, for the log. */
  readonly warnings: readonly string[];
}

const paths: Readonly<Record<Protocol, UpstreamPath>> = {
  "openai-chat": "/chat/completions",
  "openai-responses": "/responses",
  "anthropic-messages": "/v1/messages",
  "openai-embeddings": "/embeddings",
};

const anthropicVersion = "2023-06-01";

/**
 * Chooses the wire and makes the body for it. On the client's own wire the bytes stay as they came, save the model's
 * id and what the service is known to refuse; else the request is translated. Throws `invalid_request` for what the
 * model cannot do.
 */
export function prepareRequest(
  call: ServeCall,
  peek: RequestPeek,
  sent: Uint8Array,
  model: CatalogueModel,
  decodeTokens?: QuirkContext["decodeTokens"],
): PreparedRequest {
  const wire = chooseWire(model, call.protocol, peek.body);
  const path = call.operation === "count_tokens" ? "/v1/messages/count_tokens" : paths[wire];
  const headers = wireHeaders(call, wire);
  if (wire === call.protocol) {
    const context = { modelId: model.id, model, ...(decodeTokens === undefined ? {} : { decodeTokens }) };
    const { body, applied } = applyQuirks(wire, peek.body, context);
    const bytes = body === peek.body ? replaceModel(sent, peek, model.id) : encodeBody({ ...body, model: model.id });
    return { model, wire, path, body: bytes, headers, plan: null, warnings: applied };
  }
  const translated = translateRequest(call.protocol as Wire, wire as Wire, peek.body, { modelId: model.id, model });
  return { model, wire, path, body: translated.body, headers, plan: translated.plan, warnings: translated.warnings };
}

/**
 * The client's own protocol where the model speaks it and does on it what is asked, else the model's preferred wire.
 * Throws `invalid_request` for a model that is for something else.
 */
export function chooseWire(model: CatalogueModel, protocol: Protocol, body: JsonObject): Protocol {
  if ((protocol === "openai-embeddings") !== (model.kind === "embeddings")) {
    const can = model.kind === "embeddings" ? "only makes embeddings" : "does not make embeddings";
    throw new GatewayError("invalid_request", `The model \`${model.id}\` ${can}.`, { param: "model" });
  }
  if (protocol === "openai-embeddings") return protocol;
  const [preferred] = model.wires;
  if (model.wires.includes(protocol) && !chatIgnoresSchema(protocol, body, model)) return protocol;
  if (preferred !== undefined) return preferred;
  throw new GatewayError("invalid_request", `The model \`${model.id}\` cannot be used for conversations.`, {
    param: "model",
  });
}

/** The headers that the wire knows; betas that the service would refuse are left out. */
function wireHeaders(call: ServeCall, wire: Protocol): Record<string, string> {
  if (wire !== "anthropic-messages") return {};
  const betas = call.protocol === wire ? call.wireHeaders["anthropic-beta"] : undefined;
  const accepted = betas === undefined ? null : filterBetas(betas);
  return { "anthropic-version": anthropicVersion, ...(accepted === null ? {} : { "anthropic-beta": accepted }) };
}

/** The prepared body without the reasoning of earlier turns; null when it holds none. */
export function withoutReasoning(prepared: PreparedRequest): Uint8Array | null {
  const body = stripReasoning(prepared.wire, JSON.parse(Buffer.from(prepared.body).toString()) as JsonObject);
  return body === null ? null : encodeBody(body);
}

function encodeBody(body: JsonObject): Uint8Array {
  return Buffer.from(JSON.stringify(body));
}
