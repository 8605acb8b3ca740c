import type { CatalogueModel, JsonObject, Wire } from "@copilot-llm/model";
import { wireOf } from "../exchange/protocols.js";
import { type TranslatedRequest, translateRequest as translate } from "../exchange/translate-request.js";

/** A request for a model under the id that the upstream knows it by, between two wires by their names. */
export function translateRequest(
  protocol: Wire,
  wire: Wire,
  body: JsonObject,
  { modelId, model }: { readonly modelId: string; readonly model: CatalogueModel },
): TranslatedRequest {
  return translate(wireOf(protocol), wireOf(wire), body, { ...model, id: modelId });
}
