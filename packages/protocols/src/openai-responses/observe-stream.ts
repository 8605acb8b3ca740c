import type { JsonObject } from "@copilot-llm/model";
import { isObject, objectOrNull } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamObserver, StreamPosition } from "../codec/stream-observer.js";
import { asciiBytes, createNameSet, matchesAt } from "../sse/byte-match.js";
import { encodeStreamError, type SeenResponse } from "./encode-stream-error.js";
import { mapUsage } from "./map-usage.js";

const inspected = createNameSet([
  "response.created",
  "response.completed",
  "response.failed",
  "response.incomplete",
  "error",
]);
const itemDone = asciiBytes("response.output_item.done");
const deltaSuffix = asciiBytes(".delta");

/** Usage comes with the event that ends the response; `copilot_usage` on the event or inside the usage. */
export function createObserver(): StreamObserver {
  let seen: SeenResponse | null = null;
  return {
    interestOfName(bytes, start, end) {
      if (end - start > deltaSuffix.length && matchesAt(bytes, end - deltaSuffix.length, deltaSuffix)) return "content";
      const isNamed = (name: Uint8Array): boolean => end - start === name.length && matchesAt(bytes, start, name);
      if (isNamed(itemDone)) return "content";
      return inspected.names.some(isNamed) ? "inspect" : "skip";
    },
    names: inspected,
    endsWithDone: false,
    numbersEvents: true,
    observe(event, facts) {
      const type = String(event.type);
      if (type.endsWith(".delta") || type === "response.output_item.done") facts.firstTokenSeen = true;
      const response = objectOrNull(event.response);
      if (type === "response.created" && response !== null) seen = readResponse(response);
      if (type === "error") facts.errorSeen = mapErrorInfo(isObject(event.error) ? event.error : event);
      if (type === "response.failed") facts.errorSeen = mapErrorInfo(response?.error);
      if (type !== "error" && !/^response\.(completed|failed|incomplete)$/.test(type)) return;
      facts.terminalSeen = true;
      facts.nanoAiu = mapNanoAiu(event) ?? (response === null ? null : mapNanoAiu(response)) ?? facts.nanoAiu;
      if (isObject(response?.usage)) facts.tokens = mapUsage(response.usage);
    },
    encodeClosing(error, requestId, position) {
      const nextSequenceNumber = findSequenceNumber(position);
      return encodeStreamError(error, requestId, { response: seen, nextSequenceNumber });
    },
  };
}

function findSequenceNumber({ lastData, eventCount }: StreamPosition): number {
  const text = lastData === null ? "" : new TextDecoder().decode(lastData);
  const last = /"sequence_number"\s*:\s*(\d+)/.exec(text)?.[1];
  return last === undefined ? eventCount : Number(last) + 1;
}

function readResponse(response: JsonObject): SeenResponse | null {
  const { id, created_at: createdAt, model } = response;
  if (typeof id !== "string") return null;
  return {
    id,
    createdAtSeconds: typeof createdAt === "number" ? createdAt : 0,
    model: typeof model === "string" ? model : "",
  };
}
