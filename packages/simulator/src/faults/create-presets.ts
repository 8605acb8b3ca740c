import { createServiceError, type Refusal } from "../wires/refusal.js";
import type { StreamBreakage } from "../wires/scripted-reply.js";
import type { Delivery, FaultEffect, FaultParameters, Plane } from "./fault-effect.js";

/** What a switchable fault is about, and what it does. */
export interface FaultPreset {
  readonly plane: Plane;
  readonly effect: (parameters: FaultParameters) => FaultEffect;
}

export const respond = (refusal: Refusal, plane: Plane = "inference"): FaultPreset => ({
  plane,
  effect: () => ({ kind: "respond", ...refusal }),
});

export const rateLimited = (code: string, message: string, status = 429): FaultPreset =>
  respond({ ...createServiceError(status, message, code), headers: { "x-ratelimit-exceeded": code } });

export const deliver = (delivery: (parameters: FaultParameters) => Delivery): FaultPreset => ({
  plane: "inference",
  effect: (parameters) => ({ kind: "deliver", delivery: delivery(parameters) }),
});

export const breakStream = (kind: StreamBreakage["kind"]): FaultPreset => ({
  plane: "inference",
  effect: ({ afterFrames, durationMs }) => ({
    kind: "break-stream",
    breakage: {
      kind,
      ...(afterFrames === undefined ? {} : { afterFrames }),
      ...(durationMs === undefined ? {} : { durationMs }),
    },
  }),
});

export const sealedReasoningText =
  "The encrypted content gAAA...Qw== could not be verified. Reason: Encrypted content could not be decrypted or parsed.";
export const sealedReasoning = (code: string): Refusal => createServiceError(400, sealedReasoningText, code);

export const noQuota = (code: string): FaultPreset => respond(createServiceError(402, "You have no quota", code));
