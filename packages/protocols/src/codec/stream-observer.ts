import type { GatewayError, JsonObject } from "@copilot-llm/model";
import type { NameSet } from "../sse/byte-match.js";
import type { TapFacts } from "./tap-facts.js";

/** What an event's name says about its data. */
export type EventInterest =
  /** Nothing in it matters. */
  | "skip"
  /** Content: its coming matters, its data does not. */
  | "content"
  /** Its data must be parsed. */
  | "inspect"
  /** The stream gives no names, or an unknown one: the data decides. */
  | "unknown";

/** How far a stream came. */
export interface StreamPosition {
  /** The data of the last event; null before the first. */
  readonly lastData: Uint8Array | null;
  readonly eventCount: number;
}

/** One wire's knowledge of which events matter. Stateless but for what `observe` keeps of the answer. One per stream. */
export interface StreamObserver {
  /** `start` to `end` is the event line's value. */
  interestOfName(bytes: Uint8Array, start: number, end: number): EventInterest;
  /** Names of which one must stand in the data of an event of unknown interest for it to matter. */
  readonly names: NameSet;
  /** Takes the parsed data of an event that may matter. */
  observe(event: JsonObject, facts: TapFacts): void;
  /** True when `data: [DONE]` ends the stream. */
  readonly endsWithDone: boolean;
  /** True when the closing depends on the stream's position, which is kept for it. */
  readonly numbersEvents: boolean;
  /** The text that ends the stream where it broke off; fits what was seen so far. */
  encodeClosing(error: GatewayError, requestId: string, position: StreamPosition): string;
}
