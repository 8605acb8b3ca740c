import type { Exchange } from "../http/exchange.js";
import type { SimulatorState } from "../simulator-state.js";

/** Answers `/_simulator/…`. */
export function serveControl(exchange: Exchange, state: SimulatorState): void {
  exchange.sendJson(200, { logins: state.accounts.list().map((account) => account.login) });
}
