import { createHash } from "node:crypto";
import type { IdOrigin, ServiceIds } from "../service-ids.js";

/** What a sealed thought tells about itself, so that one that comes back changed or out of place is known. */
export interface ThinkingSeal {
  /** The answer that it is part of. */
  readonly answer: string;
  /** Its number among the answer's thoughts, from 0, and how many there are. */
  readonly ordinal: number;
  readonly count: number;
  /** Tool calls of the answer before it, and whether text came before it. */
  readonly callsBefore: number;
  readonly isAfterText: boolean;
  readonly textDigest: string;
}

const sealPattern = /^th([\da-z])([\da-z])([\da-z])([01])([\da-f]{6})([\da-z]{8})/;

/** The signature of a thought: its seal, then the origin that all bound ids carry. */
export function sealThinking(seal: ThinkingSeal, ids: ServiceIds, origin: IdOrigin): string {
  const numbers = [seal.ordinal, seal.count, seal.callsBefore].map(digit).join("");
  return ids.bound(`th${numbers}${seal.isAfterText ? 1 : 0}${seal.textDigest}${seal.answer}`, origin);
}

/** The seal of a signature; undefined when the simulator did not make it. */
export function openSeal(signature: string): ThinkingSeal | undefined {
  const [, ordinal, count, callsBefore, isAfterText, textDigest, answer] = sealPattern.exec(signature) ?? [];
  if (answer === undefined || textDigest === undefined) return undefined;
  return {
    answer,
    ordinal: Number.parseInt(ordinal ?? "", 36),
    count: Number.parseInt(count ?? "", 36),
    callsBefore: Number.parseInt(callsBefore ?? "", 36),
    isAfterText: isAfterText === "1",
    textDigest,
  };
}

export function digestThinking(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 6);
}

function digit(value: number): string {
  return Math.min(value, 35).toString(36);
}
