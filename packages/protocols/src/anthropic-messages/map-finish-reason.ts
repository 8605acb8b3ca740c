import type { FinishReason, UnifiedFinishReason } from "../canonical/response.js";

const unifiedReasons: Readonly<Record<string, UnifiedFinishReason>> = {
  end_turn: "stop",
  stop_sequence: "stop",
  max_tokens: "length",
  model_context_window_exceeded: "length",
  tool_use: "tool-calls",
  pause_turn: "pause",
  refusal: "refusal",
};

const wireReasons: Readonly<Record<UnifiedFinishReason, string>> = {
  stop: "end_turn",
  length: "max_tokens",
  "tool-calls": "tool_use",
  "content-filter": "refusal",
  refusal: "refusal",
  pause: "pause_turn",
  other: "end_turn",
};

/** Messages' `stop_reason` as a canonical one. */
export function mapFinishReason(raw: string, stopSequence: string | null): FinishReason {
  return { unified: unifiedReasons[raw] ?? "other", raw, stopSequence };
}

/** The reverse. An answer with calls ends in `tool_use`, lest clients overlook them. */
export function mapToFinishReason(finish: FinishReason, hasToolCalls: boolean): string {
  const isPlain = finish.unified === "stop" || finish.unified === "other";
  if (hasToolCalls && isPlain) return "tool_use";
  return finish.unified === "stop" && finish.stopSequence !== null ? "stop_sequence" : wireReasons[finish.unified];
}
