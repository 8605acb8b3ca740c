import type { JsonObject, JsonValue, TokenUsage, UpstreamErrorInfo } from "@copilot-llm/model";
import { isObject, stringOrNull } from "../json.js";

/** What a tap has learnt so far; the observers write it. */
export interface TapFacts {
  tokens: TokenUsage | null;
  nanoAiu: number | null;
  firstTokenSeen: boolean;
  /** The event that ends the stream was seen. */
  terminalSeen: boolean;
  /** The answer is complete although the terminal event may be missing. */
  finishSeen: boolean;
  errorSeen: UpstreamErrorInfo | null;
}

export function createTapFacts(): TapFacts {
  return {
    tokens: null,
    nanoAiu: null,
    firstTokenSeen: false,
    terminalSeen: false,
    finishSeen: false,
    errorSeen: null,
  };
}

/** `copilot_usage.total_nano_aiu` of a holder, or of the `usage` inside it (upstream.md B7, B8); null when absent. */
export function mapNanoAiu(holder: JsonObject): number | null {
  const own = isObject(holder.copilot_usage) ? holder.copilot_usage.total_nano_aiu : undefined;
  if (typeof own === "number" && Number.isFinite(own) && own >= 0) return own;
  return isObject(holder.usage) ? mapNanoAiu(holder.usage) : null;
}

const statusOfType: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  rate_limit_exceeded: 429,
  timeout_error: 504,
  overloaded_error: 529,
};

/** An error object inside a body. The status is told by a numeric code or the type's name, else it is 500. */
export function mapErrorInfo(error: JsonValue | undefined): UpstreamErrorInfo {
  if (!isObject(error)) {
    return { status: 500, code: null, message: stringOrNull(error) ?? "The upstream reported an error." };
  }
  const { code, type } = error;
  const isStatus = typeof code === "number" && code >= 400 && code <= 599;
  const named = statusOfType[String(type)] ?? statusOfType[String(code)];
  return {
    status: isStatus ? code : (named ?? 500),
    code: stringOrNull(code) ?? stringOrNull(type) ?? (typeof code === "number" ? String(code) : null),
    message: stringOrNull(error.message) ?? "The upstream reported an error.",
  };
}
