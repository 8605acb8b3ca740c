import type { JsonObject } from "@copilot-llm/model";
import { isObject, objectOrNull } from "../body/json.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamObserver } from "../codec/stream-observer.js";
import { asciiBytes, createNameSet, matchesAt } from "../sse/byte-match.js";
import { encodeStreamError } from "./encode-error.js";
import { mapUsage, mergeUsage } from "./map-usage.js";

const inspected = createNameSet(["message_start", "message_delta", "message_stop", "error"]);
const contentDelta = asciiBytes("content_block_delta");

/** Usage comes in two parts: input with `message_start`, output and `copilot_usage` with `message_delta`. */
export function createObserver(): StreamObserver {
  let usage: JsonObject | null = null;
  return {
    interestOfName(bytes, start, end) {
      const isNamed = (name: Uint8Array): boolean => end - start === name.length && matchesAt(bytes, start, name);
      if (isNamed(contentDelta)) return "content";
      return inspected.names.some(isNamed) ? "inspect" : "skip";
    },
    names: inspected,
    endsWithDone: false,
    numbersEvents: false,
    encodeClosing: encodeStreamError,
    observe(event, facts) {
      const { type } = event;
      if (type === "content_block_delta") facts.firstTokenSeen = true;
      const found = type === "message_start" ? objectOrNull(event.message)?.usage : event.usage;
      if (isObject(found)) {
        usage = mergeUsage(usage, found);
        facts.tokens = mapUsage(usage);
      }
      facts.nanoAiu = mapNanoAiu(event) ?? facts.nanoAiu;
      if (type === "error") facts.errorSeen = mapErrorInfo(event.error);
      if (type === "error" || type === "message_stop") facts.terminalSeen = true;
    },
  };
}
