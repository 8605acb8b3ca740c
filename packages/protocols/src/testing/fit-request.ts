import type { CatalogueModel, JsonObject, Protocol } from "@copilot-llm/model";
import { type FittedRequest, fitRequest as fitToService } from "../exchange/fit-request.js";
import { protocolOf } from "../exchange/protocols.js";
import { createRuleContext, type RuleContext } from "../service-rules/service-rule.js";
import { catalogueModel } from "./catalogue-model.js";

/** A body as the service takes it on a protocol, for a model with these traits. */
export function fitRequest(
  protocol: Protocol,
  body: JsonObject,
  model: Partial<CatalogueModel> = {},
  more: Partial<Pick<RuleContext, "decodeTokens" | "refused">> = {},
): FittedRequest {
  return fitToService(protocolOf(protocol), body, createRuleContext(catalogueModel(model), more));
}
