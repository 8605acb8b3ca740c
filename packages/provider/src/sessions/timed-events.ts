import { createSseReader, type SseEvent } from "@copilot-llm/protocols";
import type { TimedRequest } from "./timed-request.js";

/** One event of a recorded stream. */
export interface TimedEvent {
  /** Empty where the stream named none. */
  readonly event: string;
  readonly data: string;
  /** When its last byte went out; null where that was not kept. */
  readonly atMs: number | null;
}

/** The events of a recorded answer, as the client got them; none of an answer that is no stream. */
export function readTimedEvents({ record, bodies, chunks }: TimedRequest): readonly TimedEvent[] {
  if (bodies === null || !record.stream) return [];
  const reader = createSseReader();
  const timed: TimedEvent[] = [];
  const add = (events: readonly SseEvent[], atMs: number | null) => {
    for (const { event, data } of events) timed.push({ event, data, atMs });
  };
  let from = 0;
  for (const { endByte, atMs } of chunks ?? [{ endByte: bodies.response.length, atMs: null }]) {
    add(reader.push(bodies.response.subarray(from, endByte)), atMs);
    from = endByte;
  }
  add(reader.finish(), chunks?.at(-1)?.atMs ?? null);
  return timed;
}
