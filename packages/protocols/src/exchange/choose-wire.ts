import { type CatalogueModel, GatewayError, type JsonObject, type Protocol } from "@copilot-llm/model";
import type { ProtocolDefinition, WireDefinition } from "../codec/protocol-definition.js";
import { protocolOf, type ServicePath, wireOf } from "./protocols.js";

/** True when the model is of the kind that the protocol is for. */
export function isForProtocol(model: Pick<CatalogueModel, "kind">, protocol: Protocol): boolean {
  return isOfKind(model, protocolOf(protocol));
}

/** Throws `invalid_request` for a model that is for something else. */
export function refuseOtherKind(model: CatalogueModel, protocol: ProtocolDefinition): void {
  if (isOfKind(model, protocol)) return;
  const can = protocol.kind === "embeddings" ? "does not make embeddings" : "only makes embeddings";
  throw new GatewayError("invalid_request", `The model \`${model.id}\` ${can}.`, { param: "model" });
}

/**
 * The client's own protocol where the model speaks it and does on it what is asked, else the model's preferred wire.
 * Throws `invalid_request` for a model that speaks none.
 */
export function chooseWire(
  model: CatalogueModel,
  client: WireDefinition<ServicePath>,
  body: JsonObject,
): WireDefinition<ServicePath> {
  const [preferred] = model.wires;
  if (model.wires.includes(client.id) && !client.ignoresRequest(body, model)) return client;
  if (preferred !== undefined) return wireOf(preferred);
  throw new GatewayError("invalid_request", `The model \`${model.id}\` cannot be used for conversations.`, {
    param: "model",
  });
}

function isOfKind(model: Pick<CatalogueModel, "kind">, { kind }: ProtocolDefinition): boolean {
  return (model.kind === "embeddings") === (kind === "embeddings");
}
