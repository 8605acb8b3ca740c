import type { RequestLogFields } from "./request-log-entry.js";

/** A request's log line: what is known of every one, and what its handler put on it. */
export type RequestLine = Required<RequestLogFields> & OfEveryRequest;

type OfEveryRequest = {
  readonly request_id: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly duration_ms: number;
  readonly client_ip: string | null;
  readonly user_agent: string | undefined;
  readonly aborted: true | undefined;
};

/** Every line has the same fields in the same order: objects that are put together field by field are slow to make and to write. */
export function createRequestLine(request: OfEveryRequest, fields: RequestLogFields): RequestLine {
  return {
    request_id: request.request_id,
    method: request.method,
    path: request.path,
    status: request.status,
    duration_ms: request.duration_ms,
    client_ip: request.client_ip,
    user_agent: request.user_agent,
    aborted: request.aborted,
    key: fields.key,
    user: fields.user,
    mcp_method: fields.mcp_method,
    chat_request_id: fields.chat_request_id,
    model: fields.model,
    model_asked: fields.model_asked,
    token_id: fields.token_id,
    attempts: fields.attempts,
    stream: fields.stream,
    ttft_ms: fields.ttft_ms,
    changes: fields.changes,
    warnings: fields.warnings,
    outcome: fields.outcome,
    premium_requests: fields.premium_requests,
    input_tokens: fields.input_tokens,
    output_tokens: fields.output_tokens,
    credits: fields.credits,
    error_code: fields.error_code,
    error_message: fields.error_message,
    error: fields.error,
  };
}
