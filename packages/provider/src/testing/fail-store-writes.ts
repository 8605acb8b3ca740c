import { GatewayError } from "@copilot-llm/model";
import type { Stores } from "@copilot-llm/stores";

/** Every method that changes something because a person asked for it. */
const writes = {
  tokens: ["create", "update", "remove"],
  keys: ["create", "update", "remove"],
  invites: ["create", "update", "remove"],
  teams: ["create", "update", "remove"],
  users: [
    "create",
    "createFirst",
    "update",
    "remove",
    "createSession",
    "touchSession",
    "removeSession",
    "issueSetupCode",
  ],
  settings: ["update"],
  audit: ["append"],
  ledger: ["resetKeyUsage"],
  batches: ["cancel", "remove"],
  sessions: ["remove"],
} as const satisfies { readonly [Part in keyof Stores]?: readonly (keyof Stores[Part])[] };

export interface FailingStores {
  readonly stores: Stores;
  /** Lets the write with this number, counted from 1 and from now on, fail before it does anything. */
  failAt(write: number): void;
  /** How many writes there were since then. */
  written(): number;
}

/** The same stores, of whose writes one can be made to fail. */
export function failStoreWrites(stores: Stores): FailingStores {
  let written = 0;
  let failing = 0;
  const failSome = <Part extends object>(part: Part, names: readonly (string | symbol)[]): Part =>
    new Proxy(part, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        if (!names.includes(name)) return value.bind(target);
        return async (...values: unknown[]) => {
          written += 1;
          if (written === failing) throw new GatewayError("unavailable", "The disk is full.");
          return value.apply(target, values);
        };
      },
    });
  return {
    stores: {
      ...stores,
      tokens: failSome(stores.tokens, writes.tokens),
      keys: failSome(stores.keys, writes.keys),
      invites: failSome(stores.invites, writes.invites),
      teams: failSome(stores.teams, writes.teams),
      users: failSome(stores.users, writes.users),
      settings: failSome(stores.settings, writes.settings),
      audit: failSome(stores.audit, writes.audit),
      ledger: failSome(stores.ledger, writes.ledger),
      batches: failSome(stores.batches, writes.batches),
      sessions: failSome(stores.sessions, writes.sessions),
    },
    failAt(write) {
      written = 0;
      failing = write;
    },
    written: () => written,
  };
}
