import type { GatewayError, JsonObject, Protocol } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import type { SeenResponse } from "../openai-responses/observe-stream.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { encodeError } from "./encode-error.js";

/** What the client has already got of the stream that is to be closed. */
export interface StreamProgress {
  /** An event was cut; it is ended first, so that the closing is not read as part of it. */
  readonly midEvent: boolean;
  /** Responses: what `response.created` said; null when it never came. */
  readonly response: SeenResponse | null;
  /** Responses: the number of the next event. */
  readonly nextSequenceNumber: number;
}

const nothingSeen: StreamProgress = { midEvent: false, response: null, nextSequenceNumber: 0 };
const encoder = new TextEncoder();

/**
 * The bytes that end a broken stream in the protocol's form: Chat an error chunk and `[DONE]`, Messages an `error`
 * event, Responses `response.failed` (after `response.created`, should that be missing: clients know no other start).
 */
export function encodeStreamError(
  protocol: Protocol,
  error: GatewayError,
  requestId: string,
  progress: StreamProgress = nothingSeen,
): Uint8Array {
  const { body } = encodeError(protocol, error, requestId);
  const cut = progress.midEvent ? "\n\n" : "";
  return encoder.encode(cut + formatClosing(protocol, body, requestId, progress));
}

function formatClosing(protocol: Protocol, body: JsonObject, requestId: string, progress: StreamProgress): string {
  if (protocol === "anthropic-messages") return formatSseEvent("error", JSON.stringify(body));
  if (protocol === "openai-responses") return formatFailedResponse(body, requestId, progress);
  return formatSseEvent("", JSON.stringify(body)) + formatSseEvent("", "[DONE]");
}

function formatFailedResponse(body: JsonObject, requestId: string, progress: StreamProgress): string {
  const error = isObject(body.error) ? body.error : {};
  const { response: seen } = progress;
  const response: JsonObject = {
    id: seen?.id ?? `resp_${requestId}`,
    object: "response",
    created_at: seen?.createdAtSeconds ?? 0,
    model: seen?.model ?? "",
    output: [],
    incomplete_details: null,
  };
  let sequenceNumber = progress.nextSequenceNumber;
  const formatEvent = (type: string, fields: JsonObject): string => {
    const data = { type, sequence_number: sequenceNumber, response: { ...response, ...fields } };
    sequenceNumber += 1;
    return formatSseEvent(type, JSON.stringify(data));
  };
  const start = seen === null ? formatEvent("response.created", { status: "in_progress", error: null }) : "";
  const failure = { code: error.code ?? error.type ?? "server_error", message: error.message };
  return start + formatEvent("response.failed", { status: "failed", error: failure });
}
