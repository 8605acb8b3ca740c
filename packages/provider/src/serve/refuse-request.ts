import type { GatewayError, Log } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import type { Stores } from "@copilot-llm/stores";
import type { RecordRequest } from "./record-request.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeAnswer } from "./serve-call.js";

export interface RefuseOptions {
  readonly record: RecordRequest;
  readonly stores: Pick<Stores, "health" | "ledger">;
  readonly log: Log;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
}

/** The error in the client's protocol, on record like any other answer. Never rejects. */
export type RefuseRequest = (
  trace: RequestTrace,
  error: GatewayError,
  headers: Readonly<Record<string, string>>,
) => Promise<ServeAnswer>;

export function createRefuseRequest({ record, stores, log, servesUnrecorded }: RefuseOptions): RefuseRequest {
  return async (trace, error, headers) => {
    const { protocol, requestId } = trace.call;
    if (error.code === "internal") log.error("serving a request failed", { request_id: requestId, error });
    const encoded = encodeError(protocol, error, requestId);
    const { status } = encoded;
    const body = Buffer.from(JSON.stringify(encoded.body));
    const outcome = error.code === "client_closed" ? "aborted" : "failed";
    // While records cannot be written, what is refused for it stands in the log only: a queue of them could grow forever.
    if (stores.health().ok || servesUnrecorded) {
      await record(trace, { outcome, status, error, usage: null, response: body });
    } else {
      trace.record({ outcome, status, errorCode: error.code, usage: null, premiumUnits: 0, nanoAiu: null });
      await stores.ledger.release(requestId).catch(() => {});
    }
    const own = { "content-type": "application/json", ...headers, ...encoded.headers };
    return { status, headers: own, body, error, trace };
  };
}
