import { estimateTokens } from "@copilot-llm/model";

/** The sizes of the events' data. */
export interface EventSizes {
  events: number;
  bytes: number;
  leastBytes: number;
}

export function createEventSizes(): EventSizes {
  return { events: 0, bytes: 0, leastBytes: Number.POSITIVE_INFINITY };
}

export function noteSize(sizes: EventSizes, bytes: number): void {
  sizes.events += 1;
  sizes.bytes += bytes;
  sizes.leastBytes = Math.min(sizes.leastBytes, bytes);
}

/** What the events hold beyond the envelope that is in all of them; a token each at least, since they may all be alike. */
export function estimateContent({ events, bytes, leastBytes }: EventSizes): number {
  return events === 0 ? 0 : Math.max(events, estimateTokens(bytes - events * leastBytes));
}
