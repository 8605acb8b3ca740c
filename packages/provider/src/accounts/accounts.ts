import type { Upstream, UpstreamAccount } from "@copilot-llm/copilot";
import {
  type Clock,
  GatewayError,
  type GithubToken,
  type Log,
  type QuotaSnapshot,
  type Randomness,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { TokenStore } from "@copilot-llm/stores";
import { AccountChecks } from "./account-checks.js";
import { credentialOf } from "./credential-of.js";
import { billingOf, type Payer, payerOf } from "./payer.js";
import { type AccountFacts, isSameSecret, type PooledAccount, unknownFacts } from "./pooled-account.js";

export interface AccountsOptions {
  readonly tokens: TokenStore;
  readonly pool: Pool;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/**
 * The pooled tokens as live accounts: opens one upstream account per stored token, checks each (sign-in, catalogue,
 * quota), keeps the pool informed, and checks again in the background. Nothing here waits for GitHub unless asked to.
 */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #entries = new Map<string, PooledAccount>();
  readonly #checks: AccountChecks;
  /** Counts what changes here, so that whoever has read the stores meanwhile knows that it may be stale. */
  #revision = 0;
  #closed = false;

  constructor(options: AccountsOptions) {
    this.#options = options;
    this.#checks = new AccountChecks({
      ...options,
      isCurrent: (entry) => !this.#closed && this.#entries.get(entry.tokenId) === entry,
      publishBilling: (entry) => this.#publishBilling(entry),
    });
  }

  /** Opens every stored token and starts checking the enabled ones in the background. */
  async open(): Promise<void> {
    for (const token of await this.#options.tokens.list()) {
      if (this.has(token.id)) continue;
      this.add(token);
      if (token.enabled) void this.check(token.id);
    }
  }

  /** Takes a token into the pool, unchecked. */
  add(token: GithubToken): void {
    this.#insert(token, this.#options.upstream.openAccount(credentialOf(token)));
  }

  /** Takes the token out of the pool at once; requests under way on it finish. Resolves when its account is closed. */
  async remove(tokenId: string): Promise<void> {
    await this.#takeOut(tokenId);
  }

  /**
   * Brings the pool into line with the token as it is stored now: added, changed, opened anew with another credential, or
   * gone. One that is opened anew is checked, and does not wait for the end of what is under way on the earlier one.
   */
  async reconcile(tokenId: string): Promise<void> {
    const token = await this.#readStored(tokenId);
    const entry = this.#entries.get(tokenId);
    if (token === null) {
      void this.#takeOut(tokenId);
      return;
    }
    if (entry !== undefined && isSameSecret(entry.token, token)) {
      this.change(token);
      return;
    }
    const account = this.#options.upstream.openAccount(credentialOf(token));
    // Nothing may come between: whoever removes the token meanwhile would find none, and it would come back.
    void this.#takeOut(tokenId);
    this.#insert(token, account);
    if (token.enabled) void this.check(tokenId);
  }

  /** `reconcile` for every token, stored or pooled. */
  async reconcileAll(): Promise<void> {
    const stored = (await this.#options.tokens.list()).map((token) => token.id);
    for (const tokenId of new Set([...stored, ...this.#entries.keys()])) await this.reconcile(tokenId);
  }

  /** Takes over what was changed of a token beside its secret. */
  change(token: GithubToken): void {
    const entry = this.#entry(token.id);
    this.#revision += 1;
    const { enabled } = entry.token;
    entry.token = token;
    this.#publishBilling(entry);
    if (enabled === token.enabled) return;
    this.#options.pool.setEnabled(token.id, token.enabled);
    if (token.enabled) void this.check(token.id);
  }

  account(tokenId: string): UpstreamAccount {
    return this.#entry(tokenId).account;
  }

  /** Null for a token that is not (any more) in the pool. */
  alias(tokenId: string): string | null {
    return this.#entries.get(tokenId)?.token.alias ?? null;
  }

  /** Who pays for the token; null for one that is not in the pool. */
  payer(tokenId: string): Payer | null {
    const entry = this.#entries.get(tokenId);
    return entry === undefined ? null : payerOf(entry.token, entry.organization?.login ?? null);
  }

  facts(tokenId: string): AccountFacts {
    return this.#entries.get(tokenId)?.facts ?? unknownFacts;
  }

  has(tokenId: string): boolean {
    return this.#entries.has(tokenId);
  }

  /** Asks GitHub for the account's quota now. Throws what the upstream says when that fails. */
  async refreshQuotas(tokenId: string): Promise<readonly QuotaSnapshot[]> {
    const result = await this.#entry(tokenId).account.quota();
    if (!result.ok) {
      const { error } = result.failure;
      throw new GatewayError("upstream_error", error.message, { upstream: error });
    }
    this.#options.pool.setQuotas(tokenId, result.value);
    return result.value;
  }

  /** Signs in, reads catalogue and quota, and informs the pool. Never rejects; single-flight per token. */
  check(tokenId: string): Promise<void> {
    const entry = this.#entries.get(tokenId);
    if (entry === undefined) return Promise.resolve();
    return this.#checks.check(entry);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const entry of this.#entries.values()) entry.cancelNext?.();
    await Promise.all([...this.#entries.values()].map((entry) => entry.checking));
  }

  #insert(token: GithubToken, account: UpstreamAccount): void {
    this.#revision += 1;
    const entry: PooledAccount = {
      tokenId: token.id,
      token,
      account,
      facts: unknownFacts,
      organization: null,
      failures: 0,
      checking: null,
      cancelNext: null,
    };
    this.#options.pool.addToken(token.id, { enabled: token.enabled });
    this.#entries.set(token.id, entry);
    this.#publishBilling(entry);
  }

  /** At once; resolves when its account is closed, which may take as long as the calls under way. Never rejects. */
  async #takeOut(tokenId: string): Promise<void> {
    this.#revision += 1;
    const entry = this.#entries.get(tokenId);
    if (entry === undefined) return;
    this.#entries.delete(tokenId);
    entry.cancelNext?.();
    this.#options.pool.removeToken(tokenId);
    try {
      await entry.account.close();
    } catch (error) {
      this.#options.log.warn("closing an account failed", { token_id: tokenId, error });
    }
  }

  /** The token as it is stored, read again for as long as it may have changed here meanwhile. */
  async #readStored(tokenId: string): Promise<GithubToken | null> {
    for (;;) {
      const revision = this.#revision;
      const token = await this.#options.tokens.find(tokenId);
      if (revision === this.#revision) return token;
    }
  }

  #publishBilling({ tokenId, token, organization }: PooledAccount): void {
    this.#options.pool.setBilling(tokenId, billingOf(token, organization?.login ?? null));
  }

  #entry(tokenId: string): PooledAccount {
    const entry = this.#entries.get(tokenId);
    if (entry === undefined) throw new GatewayError("not_found", "There is no GitHub token with this id.");
    return entry;
  }
}
