import { GatewayError, type JsonObject, type JsonValue, type ReportedUsage } from "@copilot-llm/model";
import { isDeeperThan, mostLevels } from "../body/depth.js";
import { readJson } from "../body/exact-json.js";
import { isArray, isObject } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { ProtocolDefinition } from "../codec/protocol-definition.js";

/** The JSON object that a whole answer is. Throws `upstream_error` for a body that is none. */
export function parseAnswer(bytes: Uint8Array, read: (text: string) => JsonValue = readJson): JsonObject {
  let body: JsonValue;
  try {
    body = read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());
  } catch (cause) {
    throw new GatewayError("upstream_error", "The upstream's answer is not JSON.", { cause });
  }
  if (!isObject(body)) throw new GatewayError("upstream_error", "The upstream's answer is not a JSON object.");
  if (isDeeperThan(body, mostLevels)) {
    throw new GatewayError("upstream_error", "The upstream's answer is nested more deeply than the gateway reads.");
  }
  return body;
}

/** Throws `upstream_error`, in the upstream's words where it has some, for a body that lacks what every answer holds. */
export function refuseNoAnswer(body: JsonObject, field: string): void {
  if (isArray(body[field]) || typeof body[field] === "number") return;
  if (body.error === undefined || body.error === null) {
    throw new GatewayError("upstream_error", `The upstream's answer holds no \`${field}\`.`);
  }
  const upstream = mapErrorInfo(body.error);
  throw new GatewayError("upstream_error", upstream.message, { upstream });
}

/** What a whole answer says that it cost. */
export function readReportedUsage(protocol: ProtocolDefinition, body: JsonObject): ReportedUsage {
  return { tokens: isObject(body.usage) ? protocol.mapUsage(body.usage) : null, nanoAiu: mapNanoAiu(body) };
}
