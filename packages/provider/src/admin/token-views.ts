import { GatewayError, type GithubToken, premiumBucket, type QuotaSnapshot, type TokenState } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores, TokenTotals } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import { type Payer, payerOf } from "../accounts/payer.js";
import type { AccountFacts } from "../accounts/pooled-account.js";
import { previewOf } from "./token-credential.js";

/** A token with all that an admin wants to see of it. */
export interface TokenView {
  readonly token: GithubToken;
  readonly preview: string;
  readonly state: TokenState;
  readonly facts: AccountFacts;
  readonly payer: Payer;
  readonly totals: TokenTotals | null;
  /** The bucket that premium requests draw from, as last seen. */
  readonly premiumQuota: QuotaSnapshot | null;
}

export interface TokenQuota {
  readonly token: GithubToken;
  readonly quotas: readonly QuotaSnapshot[];
}

export interface TokenViewsOptions {
  readonly stores: Pick<Stores, "tokens" | "ledger">;
  readonly pool: Pick<Pool, "state" | "tokens">;
  readonly accounts: Pick<Accounts, "facts" | "payer" | "refreshQuotas">;
}

/** The stored tokens, with what pool, accounts and ledger know of them. */
export class TokenViews {
  readonly #options: TokenViewsOptions;

  constructor(options: TokenViewsOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly TokenView[]> {
    const tokens = await this.#options.stores.tokens.list();
    const totals = await this.#options.stores.ledger.totalsByToken(tokens.map((token) => token.id));
    const quotas = this.#seenQuotas();
    return tokens.map((token) => this.#view(token, totals.get(token.id) ?? null, quotas.get(token.id) ?? []));
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<TokenView> {
    const token = await this.#stored(id);
    const totals = await this.#options.stores.ledger.totalsByToken([id]);
    return this.#view(token, totals.get(id) ?? null, this.#seenQuotas().get(id) ?? []);
  }

  /** Of GitHub, now. Throws `not_found`, and what GitHub refuses. */
  async askQuota(id: string): Promise<TokenQuota> {
    const token = await this.#stored(id);
    return { token, quotas: await this.#options.accounts.refreshQuotas(id) };
  }

  /** Every token's as last seen. */
  async quotas(): Promise<readonly TokenQuota[]> {
    const tokens = await this.#options.stores.tokens.list();
    const quotas = this.#seenQuotas();
    return tokens.map((token) => ({ token, quotas: quotas.get(token.id) ?? [] }));
  }

  async #stored(id: string): Promise<GithubToken> {
    const token = await this.#options.stores.tokens.find(id);
    if (token === null) throw noSuchToken();
    return token;
  }

  #seenQuotas(): ReadonlyMap<string, readonly QuotaSnapshot[]> {
    return new Map(this.#options.pool.tokens().map((view) => [view.id, view.quotas]));
  }

  #view(token: GithubToken, totals: TokenTotals | null, quotas: readonly QuotaSnapshot[]): TokenView {
    return {
      token,
      preview: previewOf(token),
      state: this.#options.pool.state(token.id),
      facts: this.#options.accounts.facts(token.id),
      payer: this.#options.accounts.payer(token.id) ?? payerOf(token, null),
      totals,
      premiumQuota: quotas.find((quota) => quota.bucket === premiumBucket) ?? null,
    };
  }
}

export function noSuchToken(): GatewayError {
  return new GatewayError("not_found", "There is no GitHub token with this id.");
}
