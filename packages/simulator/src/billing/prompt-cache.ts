import { createHash } from "node:crypto";
import type { SimulatorClock } from "../clock.js";
import type { PromptSegment } from "./measure-prompt.js";

/** How a prompt's tokens split. The three parts add up to the whole prompt. */
export interface PromptTokens {
  readonly uncached: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** Prompt cache with one memory per account and model: another account never finds what this one wrote. */
export interface PromptCache {
  /** Looks the prompt up, remembers it, and says how its tokens split. */
  use(prompt: CachedPrompt): PromptTokens;
  clear(): void;
}

export interface CachedPrompt {
  readonly account: string;
  readonly model: string;
  readonly segments: readonly PromptSegment[];
  /** `breakpoints`: only marked prefixes are cached and writing is counted. `automatic`: every prefix, free of charge. */
  readonly mode: "automatic" | "breakpoints";
}

const ttlMs = 5 * 60_000;
const maximumPrefixes = 50_000;

/** Prefixes below `minimumTokens` are not cached. Entries live five minutes from their last use. */
export function createPromptCache(clock: SimulatorClock, minimumTokens: number): PromptCache {
  const expiryByPrefix = new Map<string, number>();

  const use = ({ account, model, segments, mode }: CachedPrompt): PromptTokens => {
    const nowMs = clock.nowMs();
    let key = `${account}\n${model}`;
    let position = 0;
    let read = 0;
    let marked = 0;
    const fresh: string[] = [];
    for (const segment of segments) {
      position += segment.tokens;
      key = createHash("sha1").update(key).update(segment.text).digest("base64");
      if (position < minimumTokens) continue;
      if ((expiryByPrefix.get(key) ?? 0) > nowMs) read = position;
      if (mode === "automatic" || segment.breakpoint) {
        marked = position;
        fresh.push(key);
      }
    }
    for (const prefix of fresh) {
      expiryByPrefix.delete(prefix);
      expiryByPrefix.set(prefix, nowMs + ttlMs);
    }
    trim();
    const cacheRead = mode === "automatic" ? read : Math.min(read, marked);
    const cacheWrite = mode === "breakpoints" ? marked - cacheRead : 0;
    return { uncached: position - cacheRead - cacheWrite, cacheRead, cacheWrite };
  };

  /** Drops the entries used longest ago: insertion order is order of use. */
  const trim = (): void => {
    for (const prefix of expiryByPrefix.keys()) {
      if (expiryByPrefix.size <= maximumPrefixes) return;
      expiryByPrefix.delete(prefix);
    }
  };

  return { use, clear: () => expiryByPrefix.clear() };
}
