import {
  backoffMs,
  type CatalogueModel,
  type Clock,
  type GithubToken,
  type Log,
  type Randomness,
  type UpstreamFailure,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { TokenStore } from "@copilot-llm/stores";
import pLimit, { type LimitFunction } from "p-limit";
import { isPooledSeat } from "./payer.js";
import { isSameSecret, type PooledAccount } from "./pooled-account.js";

/**
 * Signing in a hundred accounts at once draws 429s from the catalogue (docs/copilot-service.md#catalogue-rate-limit).
 */
const parallelChecks = 4;
const refreshEveryMs = 10 * 60_000;
/** A seat may come to be paid by another organisation, but not often, and asking costs a process. */
const organizationMaxAgeMs = 24 * 60 * 60_000;
const retryBackoff = { firstMs: 5_000, longestMs: 5 * 60_000 };

export interface AccountChecksOptions {
  readonly tokens: Pick<TokenStore, "find" | "update">;
  readonly pool: Pick<Pool, "state" | "markActive" | "markAuthFailed" | "setCatalogue" | "setQuotas">;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** False once the account was replaced, removed or closed: what comes of a check is dropped then. */
  readonly isCurrent: (entry: PooledAccount) => boolean;
  readonly publishBilling: (entry: PooledAccount) => void;
}

/** Checks accounts now and again and again in the background: sign-in, catalogue, quota, and who pays. */
export class AccountChecks {
  readonly #options: AccountChecksOptions;
  readonly #limit: LimitFunction = pLimit(parallelChecks);

  constructor(options: AccountChecksOptions) {
    this.#options = options;
  }

  /** Never rejects; single-flight for each account. */
  check(entry: PooledAccount): Promise<void> {
    entry.checking ??= this.#limit(() => this.#run(entry)).finally(() => {
      entry.checking = null;
    });
    return entry.checking;
  }

  async #run(entry: PooledAccount): Promise<void> {
    entry.cancelNext?.();
    entry.cancelNext = null;
    if (!this.#options.isCurrent(entry)) return;
    try {
      const failure = await this.#refresh(entry);
      if (this.#options.isCurrent(entry)) this.#conclude(entry, failure);
    } catch (error) {
      this.#options.log.error("checking a token failed", { token_id: entry.tokenId, error });
      if (this.#options.isCurrent(entry)) this.#retryLater(entry);
    }
  }

  /** Returns what GitHub refused, or null: also where the entry has been replaced, and there is nobody to tell. */
  async #refresh(entry: PooledAccount): Promise<UpstreamFailure | null> {
    const { isCurrent, pool, log } = this.#options;
    const { account, tokenId, token } = entry;
    const profile = await account.signIn();
    if (!isCurrent(entry)) return null;
    if (!profile.ok) return profile.failure;
    const catalogue = await account.catalogue({ refresh: true });
    if (!isCurrent(entry)) return null;
    if (!catalogue.ok) return catalogue.failure;
    const quotas = await account.quota();
    if (!isCurrent(entry)) return null;
    await this.#refreshOrganization(entry, profile.value.plan, catalogue.value);
    if (!isCurrent(entry)) return null;
    const { login, plan, warning } = profile.value;
    await this.#storeProfile(token, { login, plan });
    // The pool knows tokens by their id alone: what is told now would be of the one that has taken its place.
    if (!isCurrent(entry)) return null;

    entry.facts = { ...entry.facts, warning };
    entry.token = { ...entry.token, login, plan };
    this.#options.publishBilling(entry);
    pool.setCatalogue(tokenId, catalogue.value);
    pool.markActive(tokenId);
    if (quotas.ok) pool.setQuotas(tokenId, quotas.value);
    else log.warn("reading a token's quota failed", { token_id: tokenId, reason: quotas.failure.error.message });
    return null;
  }

  /** Stores what is new of it, unless somebody has removed the token meanwhile or given it another secret. */
  async #storeProfile(token: GithubToken, profile: Pick<GithubToken, "login" | "plan">): Promise<void> {
    const { tokens } = this.#options;
    const stored = await tokens.find(token.id);
    if (stored === null || (stored.login === profile.login && stored.plan === profile.plan)) return;
    await tokens.update(token.id, (current) => (isSameSecret(current, token) ? profile : {}), null);
  }

  /** Asks who pays where it may be an organisation. Without an answer what is known stands. */
  async #refreshOrganization(
    entry: PooledAccount,
    plan: string | null,
    models: readonly CatalogueModel[],
  ): Promise<void> {
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

  #conclude(entry: PooledAccount, failure: UpstreamFailure | null): void {
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

  #retryLater(entry: PooledAccount): void {
    const delayMs = backoffMs(retryBackoff, entry.failures);
    entry.failures += 1;
    this.#checkAgainIn(entry, delayMs * (0.75 + 0.5 * this.#options.randomness.next()));
  }

  #checkAgainIn(entry: PooledAccount, delayMs: number): void {
    entry.cancelNext?.();
    entry.cancelNext = this.#options.clock.schedule(delayMs, () => {
      if (this.#options.pool.state(entry.tokenId).status !== "disabled") void this.check(entry);
    });
  }
}
