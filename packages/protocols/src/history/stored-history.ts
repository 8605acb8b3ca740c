import type { Protocol } from "@copilot-llm/model";
import type { StoredHistory } from "../codec/stored-history.js";
import { protocolOf } from "../exchange/protocols.js";

/** How the protocol's requests refer to earlier answers; null where every request brings its history along. */
export function storedHistoryOf(protocol: Protocol): StoredHistory | null {
  return protocolOf(protocol).storedHistory;
}
