import type { StreamBreakage } from "../wires/scripted-reply.js";

/** What a preset can be told. Fields that a preset has no use for are ignored. */
export interface FaultParameters {
  /** `retry-after`, for presets with a status. */
  readonly retryAfterSeconds?: number;
  /** Send `retry-after` as an HTTP date instead of seconds. */
  readonly retryAfterAsDate?: boolean;
  /** `x-should-retry`, for presets with a status. */
  readonly shouldRetry?: boolean;
  /** Milliseconds: the wait of `slow-first-byte`, the length of `stream-silence`, or between the bytes of `slow-bytes`. */
  readonly durationMs?: number;
  /** Frames sent before a stream breaks; default: everything but its ending. */
  readonly afterFrames?: number;
  /** Length of the line of `long-line`; default 100 MiB. */
  readonly bytes?: number;
  /** For `custom`. */
  readonly status?: number;
  readonly contentType?: string;
  readonly body?: string;
}

/** What a fault does to a request it hits. */
export type FaultEffect =
  | {
      readonly kind: "respond";
      readonly status: number;
      readonly contentType: string;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" }
  | { readonly kind: "delay"; readonly durationMs: number }
  | { readonly kind: "break-stream"; readonly breakage: StreamBreakage }
  | { readonly kind: "deliver"; readonly delivery: Delivery };

/** A right answer that arrives wrongly, streamed or whole. */
export type Delivery =
  /** Byte by byte. */
  | { readonly kind: "slow-bytes"; readonly intervalMs: number }
  /** Half of it, then the connection is cut. */
  | { readonly kind: "cut" }
  /** After a line without an end in sight. */
  | { readonly kind: "long-line"; readonly bytes: number };

/** The parts of the simulator that a fault can be about. */
export type Plane = "inference" | "copilot" | "github" | "all";
