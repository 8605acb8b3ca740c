import type { Clock } from "@copilot-llm/model";

/** Times within one request, in milliseconds since the epoch with a fraction: the wall clock may jump meanwhile, they do not. */
export type SpanClock = () => number;

export function createSpanClock(clock: Pick<Clock, "nowMs" | "monotonicMs">): SpanClock {
  const wallMs = clock.nowMs();
  const startedAt = clock.monotonicMs();
  return () => wallMs + (clock.monotonicMs() - startedAt);
}
