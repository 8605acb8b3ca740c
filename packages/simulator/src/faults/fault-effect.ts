import type { StreamBreakage } from "../wires/scripted-reply.js";

/** What a preset can be told. Fields that a preset has no use for are ignored. */
export interface FaultParameters {
  /** `retry-after`, for presets with a status. */
  readonly retryAfterSeconds?: number;
  /** Send `retry-after` as an HTTP date instead of seconds. */
  readonly retryAfterAsDate?: boolean;
  /** `x-should-retry`, for presets with a status. */
  readonly shouldRetry?: boolean;
  /** Milliseconds: the wait of `slow-first-byte`, or the length of `stream-silence`. */
  readonly durationMs?: number;
  /** Frames sent before a stream breaks; default: everything but its ending. */
  readonly afterFrames?: number;
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
  | { readonly kind: "break-stream"; readonly breakage: StreamBreakage };

/** The parts of the simulator that a fault can be about. */
export type Plane = "inference" | "copilot" | "github" | "all";
