import type { Charges, RequestRecord } from "@copilot-llm/model";
import { roundUnits } from "../../budget/charge-sum.js";
import { KeyBudget } from "../../budget/key-budget.js";
import type { TokenTotals } from "../../interfaces/ledger.js";
import type { CountsSnapshot, UsageSum } from "./read-counts.js";

/** The usage of keys and tokens in memory, as of the last record. */
export class LedgerCounts {
  readonly #keys: Map<string, KeyBudget>;
  readonly #tokens: Map<string, TokenTotals>;

  constructor({ keys, tokens, uncounted }: CountsSnapshot) {
    this.#keys = new Map(keys.map(([keyId, budget]) => [keyId, KeyBudget.restore(budget)]));
    this.#tokens = new Map(tokens);
    for (const usage of uncounted) this.#add("", usage);
  }

  apply(record: RequestRecord, charges: Charges): void {
    const { id, keyId, tokenId, startedAtMs, premiumUnits, nanoAiu } = record;
    this.#add(id, { keyId, tokenId, startedAtMs, requests: 1, premiumUnits, nanoAiu: nanoAiu ?? 0, charges });
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

  /** The request with the id is not reserved any more, where it is. */
  #add(id: string, { keyId, tokenId, startedAtMs, requests, premiumUnits, nanoAiu, charges }: UsageSum): void {
    if (keyId !== null) this.key(keyId).settle(id, startedAtMs, charges);
    if (tokenId === null) return;
    const totals = this.#tokens.get(tokenId);
    this.#tokens.set(tokenId, {
      requests: (totals?.requests ?? 0) + requests,
      premiumUnits: roundUnits((totals?.premiumUnits ?? 0) + premiumUnits),
      nanoAiu: (totals?.nanoAiu ?? 0) + nanoAiu,
      lastUsedAtMs: Math.max(totals?.lastUsedAtMs ?? startedAtMs, startedAtMs),
    });
  }
}
