import type { JsonValue, UpstreamErrorInfo } from "@copilot-llm/model";
import { isObject, stringOrNull } from "../body/json.js";

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
