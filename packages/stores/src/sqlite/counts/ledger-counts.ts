import { roundUnits } from "../../budget/charge-sum.js";
import { KeyBudget } from "../../budget/key-budget.js";
import type { LedgerEntry, TokenTotals } from "../../interfaces/ledger.js";
import type { CountsSnapshot } from "./read-counts.js";

/** The usage of keys and tokens in memory, as of the last record. */
export class LedgerCounts {
  readonly #keys: Map<string, KeyBudget>;
  readonly #tokens: Map<string, TokenTotals>;

  constructor({ keys, tokens }: CountsSnapshot) {
    this.#keys = new Map(keys.map(([keyId, budget]) => [keyId, KeyBudget.restore(budget)]));
    this.#tokens = new Map(tokens);
  }

  apply({ record, charges }: LedgerEntry): void {
    if (record.keyId !== null) this.key(record.keyId).settle(record.id, record.startedAtMs, charges);
    if (record.tokenId === null) return;
    const totals = this.#tokens.get(record.tokenId);
    this.#tokens.set(record.tokenId, {
      requests: (totals?.requests ?? 0) + 1,
      premiumUnits: roundUnits((totals?.premiumUnits ?? 0) + record.premiumUnits),
      nanoAiu: (totals?.nanoAiu ?? 0) + (record.nanoAiu ?? 0),
      lastUsedAtMs: Math.max(totals?.lastUsedAtMs ?? record.startedAtMs, record.startedAtMs),
    });
  }

  key(keyId: string): KeyBudget {
    const known = this.#keys.get(keyId);
    if (known !== undefined) return known;
    const created = new KeyBudget();
    this.#keys.set(keyId, created);
    return created;
  }

  findKey(keyId: string): KeyBudget | null {
    return this.#keys.get(keyId) ?? null;
  }

  findToken(tokenId: string): TokenTotals | null {
    return this.#tokens.get(tokenId) ?? null;
  }
}
