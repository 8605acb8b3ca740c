import { type Clock, GatewayError, type GithubToken, type Secret } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { Edit, Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import type { Ids } from "../identity/ids.js";
import type { Actor, Audit } from "./audit.js";
import { changedFields } from "./changed-fields.js";
import { type CredentialChange, changeCredential, encodeCredential, type NewCredential } from "./token-credential.js";
import { noSuchToken, type TokenQuota, type TokenView, TokenViews } from "./token-views.js";

/** How long adding or checking a token waits for GitHub before it answers with what is known by then. */
const checkPatienceMs = 20_000;

export interface TokenAdminOptions {
  readonly stores: Stores;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly audit: Audit;
}

export interface NewToken {
  readonly alias: string;
  readonly enabled: boolean;
  readonly credential: NewCredential;
}

export interface TokenChanges extends CredentialChange {
  readonly alias?: string;
  readonly enabled?: boolean;
  /** Who pays; null: as the account's own answer says. */
  readonly billingEntity?: string | null;
}

/**
 * The admin's verbs for pooled tokens. Each change is stored first, in one step with its place on the trail, then takes
 * effect in the pool.
 */
export class TokenAdmin {
  readonly #options: TokenAdminOptions;
  readonly #views: TokenViews;

  constructor(options: TokenAdminOptions) {
    this.#options = options;
    this.#views = new TokenViews(options);
  }

  list(): Promise<readonly TokenView[]> {
    return this.#views.list();
  }

  /** Stores the token, checks it with GitHub and answers with what came of it; a refused token is kept, with the reason. */
  async create(actor: Actor, input: NewToken): Promise<TokenView> {
    const token = await this.add(actor, input);
    return this.check(token.id);
  }

  /** Stores the token and takes it into the pool, unchecked. */
  async add(actor: Actor, input: NewToken): Promise<GithubToken> {
    const { stores, accounts, clock, ids, audit } = this.#options;
    const token: GithubToken = {
      id: ids("tok"),
      alias: input.alias,
      kind: input.credential.kind,
      secret: encodeCredential(input.credential),
      enabled: input.enabled,
      createdAtMs: clock.nowMs(),
      login: null,
      plan: null,
      billingEntity: null,
    };
    await stores.tokens.create(token, ({ id, alias, kind }) =>
      audit(actor, "github_token.create", id, { alias, kind }),
    );
    accounts.add(token);
    return token;
  }

  /**
   * Takes a token of the start-up settings into the pool: a known alias gets the new secret, a token that is stored
   * under another alias stays as it is. Does not wait for GitHub.
   */
  async ensure(alias: string, secret: Secret): Promise<void> {
    const { stores, accounts, audit } = this.#options;
    const credential: NewCredential = { kind: "user", token: secret };
    const checked = encodeCredential(credential);
    const tokens = await stores.tokens.list();
    if (tokens.some((token) => token.secret?.reveal() === checked.reveal())) return;
    const known = tokens.find((token) => isSameAlias(token.alias, alias));
    if (known === undefined) {
      const token = await this.#storeUnlessThere({ alias, enabled: true, credential });
      if (token !== null) void accounts.check(token.id);
      return;
    }
    const changes = { kind: credential.kind, secret: checked, login: null, plan: null };
    await stores.tokens.update(
      known.id,
      () => changes,
      () => audit("system", "github_token.update", known.id, { alias: known.alias, token_replaced: true }),
    );
    await accounts.reconcile(known.id);
  }

  /** Throws `conflict` when a token has the alias: for whoever is about to fetch a token by that name. */
  async assertAliasFree(alias: string): Promise<void> {
    const tokens = await this.#options.stores.tokens.list();
    if (tokens.some((token) => isSameAlias(token.alias, alias))) {
      throw new GatewayError("conflict", `There is a token with the alias "${alias}" already.`, { param: "alias" });
    }
  }

  update(actor: Actor, id: string, changes: TokenChanges): Promise<TokenView> {
    const { token, privateKey, ...rest } = changes;
    const replacesSecret = token !== undefined || privateKey !== undefined;
    return this.#edit(actor, id, replacesSecret, (current) => {
      const secret = changeCredential(current, changes);
      return secret === null ? rest : { ...rest, secret, login: null, plan: null };
    });
  }

  toggle(actor: Actor, id: string): Promise<TokenView> {
    return this.#edit(actor, id, false, ({ enabled }) => ({ enabled: !enabled }));
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const { stores, accounts, audit } = this.#options;
    const isRemoved = await stores.tokens.remove(id, ({ alias }) => audit(actor, "github_token.delete", id, { alias }));
    if (!isRemoved) throw noSuchToken();
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

  /** Throws `not_found`. */
  find(id: string): Promise<TokenView> {
    return this.#views.find(id);
  }

  /** The token's quota, asked of GitHub now. */
  quota(id: string): Promise<TokenQuota> {
    return this.#views.askQuota(id);
  }

  /** Every token's quota as last seen. */
  quotas(): Promise<readonly TokenQuota[]> {
    return this.#views.quotas();
  }

  async #edit(actor: Actor, id: string, replacesSecret: boolean, edit: Edit<GithubToken>): Promise<TokenView> {
    const { stores, accounts, audit } = this.#options;
    let before = {};
    const token = await stores.tokens.update(
      id,
      (current) => {
        before = toldOf(current);
        return edit(current);
      },
      (after) => {
        const { alias, enabled, billingEntity } = after;
        const detail = { alias, enabled, billing_entity: billingEntity, token_replaced: replacesSecret };
        return audit(actor, "github_token.update", id, { ...detail, ...changedFields(before, toldOf(after)) });
      },
    );
    if (replacesSecret) {
      await accounts.reconcile(id);
      return this.check(id);
    }
    accounts.change(token);
    return this.find(id);
  }

  /** Null when another gateway, starting with the same settings, was faster; its token comes over the change feed. */
  async #storeUnlessThere(input: NewToken): Promise<GithubToken | null> {
    try {
      return await this.add("system", input);
    } catch (error) {
      if (error instanceof GatewayError && error.code === "conflict") return null;
      throw error;
    }
  }
}

function isSameAlias(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** What the trail may tell of a token. */
function toldOf({ alias, enabled, billingEntity }: GithubToken) {
  return { alias, enabled, billingEntity };
}
