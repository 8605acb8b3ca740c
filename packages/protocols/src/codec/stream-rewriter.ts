import type { ReportedUsage } from "@copilot-llm/model";

/** Changes an upstream's stream on its way to a client of the same protocol. One per stream. */
export interface StreamRewriter {
  /** The bytes that can go on, up to the last whole line; possibly none. The chunk itself when nothing changed. */
  push(chunk: Uint8Array): Uint8Array;
  /** What is left of an unfinished last line. */
  finish(): Uint8Array;
  /** Nothing is held, and what comes next is not looked at otherwise for what came before. */
  readonly isIdle: boolean;
  /** What it kept from the client and read; null where it kept nothing. */
  readonly withheld: ReportedUsage | null;
}
