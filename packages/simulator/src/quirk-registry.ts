import type { Account } from "./accounts/account.js";
import { defaultQuirks, type QuirkScope, type Quirks } from "./quirks.js";

/** The service's habits as they apply to one account and model. */
export interface QuirkRegistry {
  /** Sets habits for a scope; later settings win over earlier ones. */
  set(quirks: Partial<Quirks>, scope?: QuirkScope): void;
  /** Forgets every setting. */
  clear(): void;
  resolve(account: Account, model: string): Quirks;
}

/** Starts from the defaults and the accounts' own quirks. */
export function createQuirkRegistry(): QuirkRegistry {
  let settings: { scope: QuirkScope; quirks: Partial<Quirks> }[] = [];
  return {
    set: (quirks, scope = {}) => {
      settings.push({ scope, quirks });
    },
    clear: () => {
      settings = [];
    },
    resolve: (account, model) => {
      const fitting = settings.filter(
        ({ scope }) =>
          (scope.account === undefined || scope.account === account.login || scope.account === account.token) &&
          (scope.model === undefined || scope.model === model),
      );
      return Object.assign({}, defaultQuirks, account.quirks, ...fitting.map((setting) => setting.quirks)) as Quirks;
    },
  };
}
