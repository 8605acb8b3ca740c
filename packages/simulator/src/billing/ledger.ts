import type { TokenUsage } from "./price-tokens.js";

/** How an admitted request ended: answered in full, broken off by the client, or failed on the service's side. */
export type Outcome = "completed" | "aborted" | "failed";

/** What the service charged for one request that it admitted. Refused requests are not in the ledger. */
export interface LedgerEntry {
  readonly requestId: string;
  /** The account's login. */
  readonly account: string;
  readonly model: string;
  readonly endpoint: string;
  readonly initiator: "user" | "agent";
  readonly atMs: number;
  readonly status: number;
  readonly outcome: Outcome;
  readonly tokens: TokenUsage;
  /** Charged. Credits world only; 0 in the premium world. */
  readonly nanoAiu: number;
  /** The part of `nanoAiu` that the answer's `copilot_usage` told the client; 0 when it never got there. */
  readonly reportedNanoAiu: number;
  /** Charged. Premium world only; the multiplier for a user's turn, else 0. */
  readonly premiumUnits: number;
}

export interface LedgerTotals {
  readonly requests: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly nanoAiu: number;
  readonly reportedNanoAiu: number;
  readonly premiumUnits: number;
}

/** The service's own books: exact totals for ever, entries up to a bound. */
export interface Ledger {
  append(entry: LedgerEntry): void;
  /** The newest entries, oldest first. */
  entries(): readonly LedgerEntry[];
  /** Totals of everything, or of one account. Exact even after old entries were dropped. */
  totals(account?: string): LedgerTotals;
  clear(): void;
}

type Sums = { -readonly [Key in keyof LedgerTotals]: number } & { premiumHundredths: number };

/** Keeps at most `maximumEntries` entries. */
export function createLedger(maximumEntries: number): Ledger {
  let entries: LedgerEntry[] = [];
  const sumsByAccount = new Map<string, Sums>();
  let all = emptySums();

  return {
    append: (entry) => {
      entries.push(entry);
      if (entries.length > maximumEntries * 2) entries = entries.slice(-maximumEntries);
      let own = sumsByAccount.get(entry.account);
      if (own === undefined) {
        own = emptySums();
        sumsByAccount.set(entry.account, own);
      }
      addTo(all, entry);
      addTo(own, entry);
    },
    entries: () => entries.slice(-maximumEntries),
    totals: (account) => {
      const sums = account === undefined ? all : (sumsByAccount.get(account) ?? emptySums());
      const { premiumHundredths, ...totals } = sums;
      return { ...totals, premiumUnits: premiumHundredths / 100 };
    },
    clear: () => {
      entries = [];
      sumsByAccount.clear();
      all = emptySums();
    },
  };
}

function emptySums(): Sums {
  return {
    requests: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    nanoAiu: 0,
    reportedNanoAiu: 0,
    premiumUnits: 0,
    premiumHundredths: 0,
  };
}

function addTo(sums: Sums, entry: LedgerEntry): void {
  sums.requests += 1;
  sums.inputTokens += entry.tokens.input;
  sums.cacheReadTokens += entry.tokens.cacheRead;
  sums.cacheWriteTokens += entry.tokens.cacheWrite;
  sums.outputTokens += entry.tokens.output;
  sums.reasoningTokens += entry.tokens.reasoning;
  sums.nanoAiu += entry.nanoAiu;
  sums.reportedNanoAiu += entry.reportedNanoAiu;
  sums.premiumHundredths += Math.round(entry.premiumUnits * 100);
}
