import type { GatewayError, JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import { encodeOpenaiError } from "../codec/encode-openai-error.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";

/** What the closing of a broken stream needs of its beginning: the response object, without what the request echoed into it. */
export interface SeenResponse {
  readonly id: string;
  readonly createdAtSeconds: number;
  readonly model: string;
}

/** What the client has already got of the stream. */
export interface StreamProgress {
  /** What `response.created` said; null when it never came. */
  readonly response: SeenResponse | null;
  readonly nextSequenceNumber: number;
}

const nothingSeen: StreamProgress = { response: null, nextSequenceNumber: 0 };

/**
 * The events that end a broken stream: `response.failed`, after `response.created` should that be missing, because
 * clients know no other start.
 */
export function encodeStreamError(
  error: GatewayError,
  requestId: string,
  { response: seen, nextSequenceNumber }: StreamProgress = nothingSeen,
): string {
  const response: JsonObject = {
    id: seen?.id ?? `resp_${requestId}`,
    object: "response",
    created_at: seen?.createdAtSeconds ?? 0,
    model: seen?.model ?? "",
    output: [],
    incomplete_details: null,
  };
  let sequenceNumber = nextSequenceNumber;
  const formatEvent = (type: string, fields: JsonObject): string => {
    const data = { type, sequence_number: sequenceNumber, response: { ...response, ...fields } };
    sequenceNumber += 1;
    return formatSseEvent(type, JSON.stringify(data));
  };
  const start = seen === null ? formatEvent("response.created", { status: "in_progress", error: null }) : "";
  return start + formatEvent("response.failed", { status: "failed", error: encodeFailure(error, requestId) });
}

/** The `error` of a failed response. */
export function encodeFailure(error: GatewayError, requestId: string): JsonObject {
  const { body } = encodeOpenaiError(error, requestId);
  const told = isObject(body.error) ? body.error : {};
  return { code: told.code ?? told.type ?? "server_error", message: told.message };
}
