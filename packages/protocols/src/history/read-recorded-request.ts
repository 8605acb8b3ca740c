import type { JsonObject, Wire } from "@copilot-llm/model";
import type { CanonicalMessage, CanonicalTool } from "../canonical/request.js";
import { wireOf } from "../exchange/protocols.js";
import { storedHistoryOf } from "./stored-history.js";

/** What a client said, as far as a reader of the record wants to see it. */
export interface RecordedWords {
  readonly messages: readonly CanonicalMessage[];
  readonly tools: readonly CanonicalTool[];
  /** False: the request refers to an earlier answer, and its messages are only those that came after it. */
  readonly holdsHistory: boolean;
}

/** Throws for bytes that are no request of this protocol. */
export function readRecordedRequest(protocol: Wire, bytes: Uint8Array): RecordedWords {
  const body = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()) as JsonObject;
  const stored = storedHistoryOf(protocol);
  const holdsHistory = stored === null || stored.previousAnswerId(body) === null;
  // No wire can hold a reference to what the service keeps.
  const whole = holdsHistory ? body : stored.prependTurns(body, []);
  const { messages, tools } = wireOf(protocol).decodeRequest(whole).request;
  return { messages, tools, holdsHistory };
}
