import type { Upstream, UpstreamAccount } from "@copilot-llm/copilot";
import {
  backoffMs,
  type Cancel,
  type CatalogueModel,
  type Clock,
  GatewayError,
  type GithubToken,
  type Log,
  type QuotaSnapshot,
  type Randomness,
  type UpstreamFailure,
  type UpstreamFailureKind,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { TokenStore } from "@copilot-llm/stores";
import pLimit, { type LimitFunction } from "p-limit";
import { credentialOf } from "./credential-of.js";
import { billingOf, isPooledSeat, type Payer, payerOf } from "./payer.js";

/**
 * Signing in a hundred accounts at once draws 429s from the catalogue (docs/copilot-service.md#catalogue-rate-limit).
 */
const parallelChecks = 4;
const refreshEveryMs = 10 * 60_000;
/** A seat may come to be paid by another organisation, but not often, and asking costs a process. */
const organizationMaxAgeMs = 24 * 60 * 60_000;
const retryBackoff = { firstMs: 5_000, longestMs: 5 * 60_000 };

export interface AccountsOptions {
  readonly tokens: TokenStore;
  readonly pool: Pool;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** What is known of a pooled account beside the pool's state of it. */
export interface AccountFacts {
  /** Why the last check did not succeed; null after one that did. Fit to show to an admin. */
  readonly problem: string | null;
  readonly problemKind: UpstreamFailureKind | null;
  readonly warning: string | null;
}

interface Organization {
  /** Null where no organisation pays. */
  readonly login: string | null;
  readonly askedAtMs: number;
}

interface Entry {
  readonly tokenId: string;
  /** As stored when last looked at. */
  token: GithubToken;
  readonly account: UpstreamAccount;
  facts: AccountFacts;
  /** Who pays for a seat, as GitHub said it; null before. */
  organization: Organization | null;
  failures: number;
  checking: Promise<void> | null;
  cancelNext: Cancel | null;
}

const unknownFacts: AccountFacts = { problem: null, problemKind: null, warning: null };

/**
 * The pooled tokens as live accounts: opens one upstream account per stored token, checks each (sign-in, catalogue,
 * quota), keeps the pool informed, and checks again in the background. Nothing here waits for GitHub unless asked to.
 */
export class Accounts {
  readonly #options: AccountsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #limit: LimitFunction = pLimit(parallelChecks);
  #closed = false;

  constructor(options: AccountsOptions) {
    this.#options = options;
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
    const account = this.#options.upstream.openAccount(credentialOf(token));
    this.#entries.set(token.id, {
      tokenId: token.id,
      token,
      account,
      facts: unknownFacts,
      organization: null,
      failures: 0,
      checking: null,
      cancelNext: null,
    });
    this.#options.pool.addToken(token.id, { enabled: token.enabled });
    this.#publishBilling(this.#entry(token.id));
  }

  /** Opens the account anew with a changed credential. */
  async replace(token: GithubToken): Promise<void> {
    await this.remove(token.id);
    this.add(token);
  }

  /** Takes the token out of the pool; requests under way on it finish. */
  async remove(tokenId: string): Promise<void> {
    const entry = this.#entries.get(tokenId);
    if (entry === undefined) return;
    this.#entries.delete(tokenId);
    entry.cancelNext?.();
    this.#options.pool.removeToken(tokenId);
    await entry.account.close();
  }

  /** Brings the pool into line with the token as it is stored now: added, changed, replaced or gone. */
  async reconcile(tokenId: string): Promise<void> {
    const token = await this.#options.tokens.find(tokenId);
    const entry = this.#entries.get(tokenId);
    if (token === null) return this.remove(tokenId);
    if (entry !== undefined && isSameSecret(entry.token, token)) {
      this.change(token);
      return;
    }
    await this.replace(token);
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
    entry.checking ??= this.#limit(() => this.#check(entry)).finally(() => {
      entry.checking = null;
    });
    return entry.checking;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const entry of this.#entries.values()) entry.cancelNext?.();
    await Promise.all([...this.#entries.values()].map((entry) => entry.checking));
  }

  async #check(entry: Entry): Promise<void> {
    entry.cancelNext?.();
    entry.cancelNext = null;
    if (!this.#isCurrent(entry)) return;
    try {
      const failure = await this.#refresh(entry);
      if (this.#isCurrent(entry)) this.#conclude(entry, failure);
    } catch (error) {
      this.#options.log.error("checking a token failed", { token_id: entry.tokenId, error });
      if (this.#isCurrent(entry)) this.#retryLater(entry);
    }
  }

  /** Returns what GitHub refused, or null. */
  async #refresh(entry: Entry): Promise<UpstreamFailure | null> {
    const { account, tokenId, token } = entry;
    const profile = await account.signIn();
    if (!profile.ok) return profile.failure;
    const catalogue = await account.catalogue({ refresh: true });
    if (!catalogue.ok) return catalogue.failure;
    const quotas = await account.quota();
    await this.#refreshOrganization(entry, profile.value.plan, catalogue.value);
    if (!this.#isCurrent(entry)) return null;

    entry.facts = { ...entry.facts, warning: profile.value.warning };
    const { login, plan } = profile.value;
    const stored = await this.#options.tokens.find(tokenId);
    if (stored !== null && (stored.login !== login || stored.plan !== plan)) {
      // Not of a token that somebody has given another secret meanwhile.
      const update = (current: GithubToken) => (isSameSecret(current, token) ? { login, plan } : {});
      await this.#options.tokens.update(tokenId, update, null);
    }
    const { pool, log } = this.#options;
    entry.token = { ...entry.token, login, plan };
    this.#publishBilling(entry);
    pool.setCatalogue(tokenId, catalogue.value);
    pool.markActive(tokenId);
    if (quotas.ok) pool.setQuotas(tokenId, quotas.value);
    else log.warn("reading a token's quota failed", { token_id: tokenId, reason: quotas.failure.error.message });
    return null;
  }

  /** Asks who pays where it may be an organisation. Without an answer what is known stands. */
  async #refreshOrganization(entry: Entry, plan: string | null, models: readonly CatalogueModel[]): Promise<void> {
    const askedAtMs = this.#options.clock.nowMs();
    if (!isPooledSeat(plan, models)) {
      entry.organization = { login: null, askedAtMs };
      return;
    }
    const known = entry.organization;
    if (known !== null && known.login !== null && askedAtMs - known.askedAtMs < organizationMaxAgeMs) return;
    const organizations = await entry.account.organizations();
    if (organizations.ok) entry.organization = { login: organizations.value[0] ?? null, askedAtMs };
    else this.#options.log.warn("asking who pays for a token failed", { token_id: entry.tokenId });
  }

  #publishBilling({ tokenId, token, organization }: Entry): void {
    this.#options.pool.setBilling(tokenId, billingOf(token, organization?.login ?? null));
  }

  #conclude(entry: Entry, failure: UpstreamFailure | null): void {
    const { pool, log } = this.#options;
    if (failure === null) {
      entry.failures = 0;
      entry.facts = { ...entry.facts, problem: null, problemKind: null };
      log.info("token checked", { token_id: entry.tokenId, status: pool.state(entry.tokenId).status });
      this.#checkAgainIn(entry, refreshEveryMs * (0.9 + 0.2 * this.#options.randomness.next()));
      return;
    }
    entry.facts = { ...entry.facts, problem: failure.error.message, problemKind: failure.kind };
    log.warn("token check failed", { token_id: entry.tokenId, kind: failure.kind, reason: failure.error.message });
    if (failure.kind === "unauthorized" || failure.kind === "forbidden") {
      pool.markAuthFailed(entry.tokenId, failure.error.message, failure.kind);
      this.#checkAgainIn(entry, refreshEveryMs);
      return;
    }
    this.#retryLater(entry);
  }

  #retryLater(entry: Entry): void {
    const delayMs = backoffMs(retryBackoff, entry.failures);
    entry.failures += 1;
    this.#checkAgainIn(entry, delayMs * (0.75 + 0.5 * this.#options.randomness.next()));
  }

  #checkAgainIn(entry: Entry, delayMs: number): void {
    entry.cancelNext?.();
    entry.cancelNext = this.#options.clock.schedule(delayMs, () => {
      if (this.#options.pool.state(entry.tokenId).status !== "disabled") void this.check(entry.tokenId);
    });
  }

  #isCurrent(entry: Entry): boolean {
    return !this.#closed && this.#entries.get(entry.tokenId) === entry;
  }

  #entry(tokenId: string): Entry {
    const entry = this.#entries.get(tokenId);
    if (entry === undefined) throw new GatewayError("not_found", "There is no GitHub token with this id.");
    return entry;
  }
}

function isSameSecret(one: GithubToken, other: GithubToken): boolean {
  return one.secret?.reveal() === other.secret?.reveal();
}
