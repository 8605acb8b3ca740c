import { GatewayError, type JsonObject, type UpstreamErrorInfo } from "@copilot-llm/model";
import { mapErrorInfo } from "../codec/map-error-info.js";

/** Throws `upstream_error` when the answer tells an error in place of choices. */
export function refuseErrorBody(body: JsonObject): void {
  if (body.error === undefined || body.error === null) return;
  const upstream = mapErrorInfo(body.error);
  throw new GatewayError("upstream_error", upstream.message, { upstream });
}

/** `finish_reason: "error"` (docs/copilot-service.md#chat-finish-error): the answer is no answer. */
export const endedInError: UpstreamErrorInfo = {
  status: 500,
  code: "error",
  message: "The upstream ended the answer with an error.",
};
