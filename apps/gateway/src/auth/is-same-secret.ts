import { createHash, timingSafeEqual } from "node:crypto";
import type { Secret } from "@copilot-llm/model";

/** Compares in a time that tells nothing of either, their lengths included. */
export function isSameSecret(one: Secret, other: Secret): boolean {
  return timingSafeEqual(digestOf(one), digestOf(other));
}

function digestOf(secret: Secret): Buffer {
  return createHash("sha256").update(secret.reveal()).digest();
}
