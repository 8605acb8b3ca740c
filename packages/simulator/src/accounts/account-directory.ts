import type { SimulatorClock } from "../clock.js";
import { type Account, type AccountOptions, createAccount } from "./account.js";
import { type BillingEntity, type BillingEntityOptions, createBillingEntity } from "./billing-entity.js";

/** Every account the simulator knows, by login and by each credential that stands for it. */
export interface AccountDirectory {
  list(): readonly Account[];
  add(options: AccountOptions): Account;
  byLogin(login: string): Account | undefined;
  /** The account of a login or of a token. */
  find(loginOrToken: string): Account | undefined;
  /** The account a credential stands for now; undefined when unknown, revoked or expired. */
  authenticate(credential: string): Account | undefined;
  /** A further credential of an account (exchanged or installation token), valid until `expiresAtMs`. */
  issue(account: Account, credential: string, expiresAtMs: number): void;
  /** The organisations that pay for seats, in the order in which they came up. */
  entities(): readonly BillingEntity[];
}

const plausibleToken = /^(gho_|ghu_|ghs_|ghp_|github_pat_)[A-Za-z0-9_]{8,}$/;

/** `acceptUnknownTokens`: a well-formed token seen for the first time becomes a fresh business account. */
export function createAccountDirectory(
  clock: SimulatorClock,
  acceptUnknownTokens: boolean,
  entityOptions: readonly BillingEntityOptions[] = [],
): AccountDirectory {
  const accounts: Account[] = [];
  const entities = new Map(entityOptions.map((options) => [options.organization, createBillingEntity(options)]));
  const byLogin = new Map<string, Account>();
  const byCredential = new Map<string, { account: Account; expiresAtMs: number }>();

  /** Seats of an organisation on usage-based billing draw on its pool; everybody else pays alone. */
  const joinEntity = (account: Account): void => {
    const { plan, billing, organizations } = account;
    const [organization] = organizations;
    const isSeat = billing === "credits" && (plan === "business" || plan === "enterprise");
    if (!isSeat || organization === undefined) return;
    const entity = entities.get(organization) ?? createBillingEntity({ organization });
    entities.set(organization, entity);
    entity.seats.push(account);
    account.entity = entity;
  };

  const add = (options: AccountOptions): Account => {
    if (byLogin.has(options.login)) throw new Error(`account ${options.login} exists already`);
    if (byCredential.has(options.token)) throw new Error(`the token of ${options.login} is taken by another account`);
    const account = createAccount(options, accounts.length, clock.nowMs());
    joinEntity(account);
    accounts.push(account);
    byLogin.set(account.login, account);
    byCredential.set(account.token, { account, expiresAtMs: Number.POSITIVE_INFINITY });
    return account;
  };

  return {
    list: () => accounts,
    add,
    byLogin: (login) => byLogin.get(login),
    find: (loginOrToken) => byLogin.get(loginOrToken) ?? byCredential.get(loginOrToken)?.account,
    issue: (account, credential, expiresAtMs) => {
      byCredential.set(credential, { account, expiresAtMs });
    },
    entities: () => [...entities.values()],
    authenticate: (credential) => {
      const known = byCredential.get(credential);
      if (known !== undefined) {
        const valid = known.account.standing !== "revoked" && clock.nowMs() < known.expiresAtMs;
        return valid ? known.account : undefined;
      }
      if (!acceptUnknownTokens || !plausibleToken.test(credential)) return undefined;
      return add({ token: credential, login: `guest-${accounts.length + 1}` });
    },
  };
}
