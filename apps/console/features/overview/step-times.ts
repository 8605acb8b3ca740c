interface Dated {
  created_at: string;
}

interface Beginnings {
  users: readonly Dated[];
  tokens: readonly Dated[];
  keys: readonly Dated[];
  /** When it was shown how a client is connected; null before. */
  connectedAtMs: number | null;
  /** When the first answer came; null before it. */
  answeredAtMs: number | null;
}

/** What each first step took. */
export interface StepTimes {
  tokenMs: number | null;
  keyMs: number | null;
  connectMs: number | null;
  requestMs: number | null;
}

/** From the end of the step before; null for a step that is not done, or was not done in its turn. */
export function stepTimes({ users, tokens, keys, connectedAtMs, answeredAtMs }: Beginnings): StepTimes {
  const [account, token, key] = [users, tokens, keys].map(firstMs);
  return {
    tokenMs: span(account, token),
    keyMs: span(token, key),
    connectMs: span(key, connectedAtMs),
    // One may send a request before a client is connected.
    requestMs: span(connectedAtMs ?? key, answeredAtMs),
  };
}

/** When the first of them was made; null without any. */
export function firstMs(dated: readonly Dated[]): number | null {
  return dated.length === 0 ? null : Math.min(...dated.map(({ created_at: at }) => Date.parse(at)));
}

function span(fromMs: number | null | undefined, toMs: number | null | undefined): number | null {
  return fromMs == null || toMs == null || toMs < fromMs ? null : toMs - fromMs;
}
