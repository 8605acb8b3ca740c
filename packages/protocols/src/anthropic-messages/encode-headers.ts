import type { WireHeaders } from "../codec/protocol-definition.js";
import { filterBetas } from "./accepted-betas.js";

const version = "2023-06-01";
const header = "anthropic-beta";

/** The headers that the API wants; of the client's betas those that the service takes. */
export function encodeHeaders(sent: WireHeaders | null, refused: readonly string[]): WireHeaders {
  const betas = sent?.[header];
  const accepted = betas === undefined ? null : withoutBetas(filterBetas(betas), refused);
  return { "anthropic-version": version, ...(accepted === null ? {} : { [header]: accepted }) };
}

/** `unsupported beta header(s): a, b`: the headers without them. */
export function withoutRefusedHeaders(
  headers: WireHeaders,
  refusal: string,
): { readonly headers: WireHeaders; readonly refused: readonly string[] } | null {
  const named = /unsupported beta header\(s\): ([\w.,\- ]+)/i.exec(refusal)?.[1];
  const sent = headers[header];
  if (named === undefined || sent === undefined) return null;
  const refused = named.split(",").map((name) => name.trim());
  const accepted = withoutBetas(sent, refused);
  if (accepted === sent) return null;
  const { [header]: _, ...rest } = headers;
  return { headers: accepted === null ? rest : { ...rest, [header]: accepted }, refused };
}

function withoutBetas(betas: string | null, refused: readonly string[]): string | null {
  if (betas === null) return null;
  const kept = betas.split(",").filter((name) => !refused.includes(name));
  return kept.length === 0 ? null : kept.join(",");
}
