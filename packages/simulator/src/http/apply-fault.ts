import type { Account } from "../accounts/account.js";
import type { Delivery, FaultEffect, Plane } from "../faults/fault-effect.js";
import type { SimulatorState } from "../simulator-state.js";
import type { StreamBreakage } from "../wires/scripted-reply.js";
import type { Exchange } from "./exchange.js";

/** What is left to do after a fault was looked for. */
export type FaultResult =
  /** The fault has answered, or never will. */
  | { readonly handled: true }
  | { readonly handled: false; readonly breakage?: StreamBreakage | undefined; readonly delivery?: Delivery };

/** Lets the fault in force hit this request, if one fits. Delays are waited for here. */
export async function applyFault(
  exchange: Exchange,
  state: SimulatorState,
  plane: Exclude<Plane, "all">,
  account: Account | undefined,
  model?: string,
): Promise<FaultResult> {
  const hit = state.faults.take({ account, model, path: exchange.path, plane });
  if (hit === undefined) return { handled: false };
  exchange.note(`fault:${hit.name}`);
  return perform(hit.effect, exchange);
}

/** Carries an effect out. */
export async function perform(effect: FaultEffect, exchange: Exchange): Promise<FaultResult> {
  switch (effect.kind) {
    case "respond":
      exchange.sendText(effect.status, effect.body, { ...effect.headers, "content-type": effect.contentType });
      return { handled: true };
    case "reset":
      exchange.cut(true);
      return { handled: true };
    case "hang":
      return { handled: true };
    case "delay":
      await exchange.sleep(effect.durationMs);
      return { handled: exchange.isGone() };
    case "break-stream":
      return { handled: false, breakage: effect.breakage };
    case "deliver":
      return { handled: false, delivery: effect.delivery };
  }
}
