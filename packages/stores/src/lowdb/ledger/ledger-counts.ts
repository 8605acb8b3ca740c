import * as z from "zod";
import { roundUnits } from "../../budget/charge-sum.js";
import { KeyBudget, keyBudgetSchema } from "../../budget/key-budget.js";
import type { TokenTotals } from "../../interfaces/ledger.js";
import type { LoggedEntry, RequestEntry } from "./ledger-entry.js";

export const ledgerCountsSchema = z.strictObject({
  keys: z.record(z.string(), keyBudgetSchema),
  tokens: z.record(
    z.string(),
    z.strictObject({
      requests: z.number(),
      premiumUnits: z.number(),
      nanoAiu: z.number(),
      lastUsedAtMs: z.number().nullable(),
    }),
  ),
});

export type LedgerCountsSnapshot = z.infer<typeof ledgerCountsSchema>;

/** Everything that is counted, as of the last entry applied. Derived from the log and nothing else. */
export class LedgerCounts {
  readonly #keys = new Map<string, KeyBudget>();
  readonly #tokens = new Map<string, TokenTotals>();

  apply(entry: LoggedEntry): void {
    switch (entry.kind) {
      case "request":
        this.#applyRequest(entry);
        break;
      case "reset":
        this.key(entry.keyId).reset();
        break;
    }
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

  snapshot(): LedgerCountsSnapshot {
    const keys = [...this.#keys].map(([keyId, budget]) => [keyId, budget.snapshot()] as const);
    return { keys: Object.fromEntries(keys), tokens: Object.fromEntries(this.#tokens) };
  }

  static restore(snapshot: LedgerCountsSnapshot): LedgerCounts {
    const counts = new LedgerCounts();
    for (const [keyId, budget] of Object.entries(snapshot.keys)) counts.#keys.set(keyId, KeyBudget.restore(budget));
    for (const [tokenId, totals] of Object.entries(snapshot.tokens)) counts.#tokens.set(tokenId, totals);
    return counts;
  }

  #applyRequest({ record, charges }: RequestEntry): void {
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
}
