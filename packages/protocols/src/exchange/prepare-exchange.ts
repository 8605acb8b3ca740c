import type { CatalogueModel } from "@copilot-llm/model";
import { readExactly } from "../body/parse-body.js";
import type { RequestPeek } from "../body/request-peek.js";
import { createRuleContext } from "../service-rules/service-rule.js";
import { chooseWire, refuseOtherKind } from "./choose-wire.js";
import type { Exchange, ExchangeCall } from "./exchange.js";
import { preparePassThrough } from "./pass-through.js";
import { protocolOf } from "./protocols.js";
import { prepareTranslation } from "./translate.js";

/**
 * Chooses the wire and makes the request for it. On the client's own wire the bytes stay as they came, save the model's
 * id and what the service is known to refuse; else request and answer are translated. Rejects with `invalid_request` for
 * what the model cannot do. `refused` names parameters that the model did not take a while ago (`MendedRequest.refused`).
 */
export async function prepareExchange(
  call: ExchangeCall,
  peek: RequestPeek,
  model: CatalogueModel,
  refused: readonly string[] = [],
): Promise<Exchange> {
  const client = protocolOf(call.protocol);
  refuseOtherKind(model, client);
  const loading = client.loadRuleContext?.(peek.body, model);
  // Mostly there is nothing to load, and nothing to wait for.
  const context = createRuleContext(model, loading === undefined ? { refused } : { refused, ...(await loading) });
  if (client.kind === "conversation") {
    const upstream = chooseWire(model, client, peek.body);
    if (upstream !== client) return prepareTranslation(client, upstream, readExactly(peek.bytes, peek.body), context);
  }
  return preparePassThrough(client, call, peek, context);
}
