import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { mapErrorInfo } from "../codec/map-error-info.js";

/** Throws `upstream_error` when the answer is a failed response or tells an error in place of one. */
export function refuseErrorBody(body: JsonObject): void {
  if (body.status !== "failed" && (body.error === undefined || body.error === null)) return;
  const upstream = mapErrorInfo(body.error);
  throw new GatewayError("upstream_error", upstream.message, { upstream });
}
