import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { encodeOpenaiStreamError } from "../codec/encode-openai-error.js";
import { mapErrorInfo } from "../codec/map-error-info.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamObserver } from "../codec/stream-observer.js";
import type { TapFacts } from "../codec/tap-facts.js";
import { createNameSet } from "../sse/byte-match.js";
import { endedInError } from "./error.js";
import { mapUsage } from "./map-usage.js";

const names = createNameSet(["usage", "copilot_usage", "error", "finish_reason"]);
const contentFields = ["content", "reasoning_text", "reasoning_content", "reasoning_opaque", "refusal"];

/** Usage may come on the finish chunk, in a chunk of its own, or not at all; `copilot_usage` beside it. */
export function createObserver(): StreamObserver {
  return {
    interestOfName: () => "unknown",
    names,
    endsWithDone: true,
    numbersEvents: false,
    encodeClosing: encodeOpenaiStreamError,
    observe(event, facts) {
      if (isObject(event.usage)) facts.tokens = mapUsage(event.usage);
      facts.nanoAiu = mapNanoAiu(event) ?? facts.nanoAiu;
      if (isObject(event.error) || typeof event.error === "string") {
        facts.errorSeen = mapErrorInfo(event.error);
        facts.terminalSeen = true;
      }
      if (isArray(event.choices)) for (const choice of event.choices) observeChoice(choice, facts);
    },
  };
}

function observeChoice(choice: JsonValue, facts: TapFacts): void {
  if (!isObject(choice)) return;
  if (isObject(choice.delta) && holdsContent(choice.delta)) facts.firstTokenSeen = true;
  if (typeof choice.finish_reason !== "string") return;
  facts.finishSeen = true;
  if (choice.finish_reason === "error") {
    facts.errorSeen ??= endedInError;
  }
}

function holdsContent(delta: JsonObject): boolean {
  if (isArray(delta.tool_calls) && delta.tool_calls.length > 0) return true;
  return contentFields.some((field) => typeof delta[field] === "string" && delta[field] !== "");
}
