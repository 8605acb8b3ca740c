import {
  type Clock,
  GatewayError,
  type GithubToken,
  premiumBucket,
  type QuotaSnapshot,
  type Secret,
  type TokenState,
} from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Stores, TokenTotals } from "@copilot-llm/stores";
import type { AccountFacts, Accounts } from "../accounts/accounts.js";
import type { Ids } from "../ids.js";
import type { Actor, Audit } from "./audit.js";

/** How long adding or checking a token waits for GitHub before it answers with what is known by then. */
const checkPatienceMs = 20_000;
const tokenForm = /^(gho|ghu|ghs|ghp|github_pat)_[A-Za-z0-9_]+$/;

export interface TokenAdminOptions {
  readonly stores: Stores;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
}

/** A token with all that an admin wants to see of it. */
export interface TokenView {
  readonly token: GithubToken;
  readonly preview: string;
  readonly state: TokenState;
  readonly facts: AccountFacts;
  readonly totals: TokenTotals | null;
  /** The bucket that premium requests draw from, as last seen. */
  readonly premiumQuota: QuotaSnapshot | null;
}

export interface NewToken {
  readonly alias: string;
  readonly token: Secret;
  readonly enabled: boolean;
}

export interface TokenChanges {
  readonly alias?: string;
  readonly token?: Secret;
  readonly enabled?: boolean;
}

/** The admin's verbs for pooled tokens. Each change is stored first, then takes effect in the pool. */
export class TokenAdmin {
  readonly #options: TokenAdminOptions;

  constructor(options: TokenAdminOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly TokenView[]> {
    const tokens = await this.#options.stores.tokens.list();
    const totals = await this.#options.stores.ledger.totalsByToken(tokens.map((token) => token.id));
    const quotas = this.#quotas();
    return tokens.map((token) => this.#view(token, totals.get(token.id) ?? null, quotas.get(token.id) ?? []));
  }

  /** Stores the token, checks it with GitHub and answers with what came of it; a refused token is kept, with the reason. */
  async create(actor: Actor, input: NewToken): Promise<TokenView> {
    assertTokenForm(input.token);
    const token = await this.#store(actor, input);
    return this.check(token.id);
  }

  /**
   * Takes a token of the start-up settings into the pool: a known alias gets the new secret, a token that is stored
   * under another alias stays as it is. Does not wait for GitHub.
   */
  async ensure(alias: string, secret: Secret): Promise<void> {
    assertTokenForm(secret);
    const { stores, accounts } = this.#options;
    const tokens = await stores.tokens.list();
    if (tokens.some((token) => token.secret?.reveal() === secret.reveal())) return;
    const known = tokens.find((token) => token.alias.toLowerCase() === alias.toLowerCase());
    if (known === undefined) {
      const token = await this.#store("system", { alias, token: secret, enabled: true });
      void accounts.check(token.id);
      return;
    }
    const token = await stores.tokens.update(known.id, { secret, login: null, plan: null });
    await accounts.replace(token);
    void accounts.check(token.id);
  }

  async update(actor: Actor, id: string, changes: TokenChanges): Promise<TokenView> {
    if (changes.token !== undefined) assertTokenForm(changes.token);
    const { stores, accounts, audit } = this.#options;
    const { token: secret, ...rest } = changes;
    const token = await stores.tokens.update(
      id,
      secret === undefined ? rest : { ...rest, secret, login: null, plan: null },
    );
    await audit(actor, "github_token.update", id, {
      alias: token.alias,
      enabled: token.enabled,
      token_replaced: secret !== undefined,
    });
    if (secret !== undefined) {
      await accounts.replace(token);
      return this.check(id);
    }
    accounts.rename(id, token.alias);
    if (changes.enabled !== undefined) accounts.setEnabled(id, changes.enabled);
    return this.find(id);
  }

  async toggle(actor: Actor, id: string): Promise<TokenView> {
    const { enabled } = await this.#stored(id);
    return this.update(actor, id, { enabled: !enabled });
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { alias } = await this.#stored(id);
    const { stores, accounts, audit } = this.#options;
    if (!(await stores.tokens.remove(id))) throw notFound();
    await audit(actor, "github_token.delete", id, { alias });
    await accounts.remove(id);
  }

  /** Checks the token with GitHub now. */
  async check(id: string): Promise<TokenView> {
    const { accounts, clock } = this.#options;
    let giveUp = (): void => {};
    const patience = new Promise<void>((resolve) => {
      giveUp = clock.schedule(checkPatienceMs, resolve);
    });
    await Promise.race([accounts.check(id), patience]);
    giveUp();
    return this.find(id);
  }

  async find(id: string): Promise<TokenView> {
    const token = await this.#stored(id);
    const totals = await this.#options.stores.ledger.totalsByToken([id]);
    return this.#view(token, totals.get(id) ?? null, this.#quotas().get(id) ?? []);
  }

  /** The token's quota, asked of GitHub now. */
  async quota(id: string): Promise<{ readonly token: GithubToken; readonly quotas: readonly QuotaSnapshot[] }> {
    const token = await this.#stored(id);
    return { token, quotas: await this.#options.accounts.refreshQuotas(id) };
  }

  /** Every token's quota as last seen. */
  async quotas(): Promise<readonly { readonly token: GithubToken; readonly quotas: readonly QuotaSnapshot[] }[]> {
    const tokens = await this.#options.stores.tokens.list();
    const quotas = this.#quotas();
    return tokens.map((token) => ({ token, quotas: quotas.get(token.id) ?? [] }));
  }

  async #store(actor: Actor, input: NewToken): Promise<GithubToken> {
    const { stores, accounts, clock, ids, audit } = this.#options;
    const token: GithubToken = {
      id: ids("tok"),
      alias: input.alias,
      kind: "user",
      secret: input.token,
      enabled: input.enabled,
      createdAtMs: clock.nowMs(),
      login: null,
      plan: null,
    };
    await stores.tokens.create(token);
    await audit(actor, "github_token.create", token.id, { alias: token.alias });
    accounts.add(token);
    return token;
  }

  async #stored(id: string): Promise<GithubToken> {
    const token = await this.#options.stores.tokens.find(id);
    if (token === null) throw notFound();
    return token;
  }

  #quotas(): ReadonlyMap<string, readonly QuotaSnapshot[]> {
    return new Map(this.#options.pool.tokens().map((view) => [view.id, view.quotas]));
  }

  #view(token: GithubToken, totals: TokenTotals | null, quotas: readonly QuotaSnapshot[]): TokenView {
    return {
      token,
      preview: token.secret?.preview(10, 4) ?? "",
      state: this.#options.pool.state(token.id),
      facts: this.#options.accounts.facts(token.id),
      totals,
      premiumQuota: quotas.find((quota) => quota.bucket === premiumBucket) ?? null,
    };
  }
}

function notFound(): GatewayError {
  return new GatewayError("not_found", "There is no GitHub token with this id.");
}

function assertTokenForm(token: Secret): void {
  const value = token.reveal();
  if (value.startsWith("ghs_")) {
    throw new GatewayError(
      "invalid_request",
      "A `ghs_` token lives one hour; add the GitHub App installation that mints it instead.",
      {
        param: "token",
      },
    );
  }
  if (!tokenForm.test(value)) {
    throw new GatewayError(
      "invalid_request",
      "This is no GitHub token: it must start with gho_, ghu_, github_pat_ or ghp_.",
      { param: "token" },
    );
  }
}
