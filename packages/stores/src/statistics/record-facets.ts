import type { RequestRecord } from "@copilot-llm/model";
import { type Facets, noGroup } from "./cell-place.js";

/** What a record is in each dimension. A model that nobody has is not counted under the name a client made up. */
export function facetsOf(record: RequestRecord): Facets {
  return {
    model: { group: record.modelUsed ?? noGroup, label: null },
    key: { group: record.keyId ?? record.keyAlias, label: record.keyAlias },
    token: { group: record.tokenId ?? noGroup, label: record.tokenAlias },
    error: record.outcome === "failed" ? { group: record.errorCode ?? noGroup, label: null } : null,
    protocol: { group: record.protocol, label: null },
    outcome: { group: record.outcome, label: null },
  };
}
