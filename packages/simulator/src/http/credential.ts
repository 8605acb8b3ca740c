import type { Account } from "../accounts/account.js";
import type { SimulatorState } from "../simulator-state.js";
import type { Exchange } from "./exchange.js";

/** The credential of `Authorization: Bearer …` or `token …`; undefined without one. */
export function credentialOf(exchange: Exchange): string | undefined {
  const match = /^(?:bearer|token)\s+(\S+)$/i.exec(exchange.header("authorization") ?? "");
  return match?.[1];
}

/** The account that asks, noted in the request log. Undefined when nobody valid does. */
export function authenticate(exchange: Exchange, state: SimulatorState): Account | undefined {
  const credential = credentialOf(exchange);
  const account = credential === undefined ? undefined : state.accounts.authenticate(credential);
  exchange.record.account = account?.login;
  return account;
}
