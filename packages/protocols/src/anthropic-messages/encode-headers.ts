import type { WireHeaders } from "../codec/protocol-definition.js";
import { filterBetas } from "./accepted-betas.js";

const version = "2023-06-01";

/** The headers that the API wants; of the client's betas those that the service takes. */
export function encodeHeaders(sent: WireHeaders | null): WireHeaders {
  const betas = sent?.["anthropic-beta"];
  const accepted = betas === undefined ? null : filterBetas(betas);
  return { "anthropic-version": version, ...(accepted === null ? {} : { "anthropic-beta": accepted }) };
}
