import { type CatalogueModel, GatewayError, type JsonObject, type Protocol } from "@copilot-llm/model";
import { lowerTools } from "../canonical/lower-tools.js";
import { countPromptTokens } from "../count-tokens/count-prompt-tokens.js";
import { chooseWire, refuseOtherKind } from "./choose-wire.js";
import { protocolOf } from "./protocols.js";

/** True when the service itself counts the tokens of this protocol's prompts for the model. */
export function countsUpstream(protocol: Protocol, model: Pick<CatalogueModel, "wires">): boolean {
  const { id, tokenCount } = protocolOf(protocol);
  return tokenCount !== null && model.wires.some((wire) => wire === id);
}

/**
 * The answer to a client that wants its prompt's tokens counted, by a count made here. `pause` is awaited between slices
 * of a few milliseconds' work, so that others can go on. Throws `invalid_request` as the request itself would.
 */
export async function countTokensHere(
  protocol: Protocol,
  body: JsonObject,
  model: CatalogueModel,
  pause: () => Promise<void>,
): Promise<Uint8Array> {
  const client = protocolOf(protocol);
  refuseOtherKind(model, client);
  if (client.kind !== "conversation" || client.tokenCount === null) {
    throw new GatewayError("invalid_request", "This protocol does not count the tokens of a prompt.");
  }
  const upstream = chooseWire(model, client, body);
  const { request } = lowerTools(client.decodeRequest(body).request, upstream.fitting.keepsToolForms);
  const inputTokens = await countPromptTokens(request, { wire: upstream.id, model, pause });
  return Buffer.from(JSON.stringify(client.tokenCount.encodeAnswer(inputTokens)));
}
