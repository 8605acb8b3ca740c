import type { BatchApi, Protocol } from "@copilot-llm/model";
import type { BatchEndpointNames } from "../codec/protocol-definition.js";
import { allProtocols, protocolOf } from "../exchange/protocols.js";

/** What the items of a batch ask for. */
export interface BatchEndpoint extends BatchEndpointNames {
  readonly protocol: Protocol;
}

export function batchEndpointOf(protocol: Protocol): BatchEndpoint {
  return { ...protocolOf(protocol).batchEndpoint, protocol };
}

/** What the batches of an API may ask for here. */
export function batchEndpointsOf(api: BatchApi): readonly BatchEndpoint[] {
  return allProtocols.map(({ id }) => batchEndpointOf(id)).filter((endpoint) => endpoint.api === api);
}
