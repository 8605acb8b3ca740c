import type { FinishReason, UnifiedFinishReason } from "../canonical/response.js";

const unifiedReasons: Readonly<Record<string, UnifiedFinishReason>> = {
  stop: "stop",
  length: "length",
  tool_calls: "tool-calls",
  function_call: "tool-calls",
  content_filter: "content-filter",
};

const wireReasons: Readonly<Record<UnifiedFinishReason, string>> = {
  stop: "stop",
  length: "length",
  "tool-calls": "tool_calls",
  "content-filter": "content_filter",
  refusal: "content_filter",
  pause: "stop",
  other: "stop",
};

/** Chat's `finish_reason` as a canonical one. */
export function mapFinishReason(raw: string): FinishReason {
  return { unified: unifiedReasons[raw] ?? "other", raw, stopSequence: null };
}

/** The reverse. An answer with calls ends in `tool_calls`, lest clients overlook them. */
export function mapToFinishReason(finish: FinishReason, hasToolCalls: boolean): string {
  const isPlain = finish.unified === "stop" || finish.unified === "other";
  return hasToolCalls && isPlain ? "tool_calls" : wireReasons[finish.unified];
}
