import type { Account } from "../accounts/account.js";
import type { SimulatorClock } from "../clock.js";
import type { ActiveFault, FaultRequest } from "./fault.js";
import type { FaultEffect, Plane } from "./fault-effect.js";
import { isFaultName, presetEffect, presetPlane } from "./preset-effect.js";

/** The request that a fault may hit. */
export interface FaultTarget {
  readonly account: Account | undefined;
  readonly model: string | undefined;
  readonly path: string;
  readonly plane: Exclude<Plane, "all">;
}

/** The faults in force. The newest that fits a request, and lets no more pass, hits it and counts down. */
export interface FaultRegistry {
  /** Switches a fault on and returns its id. Throws a TypeError for an unknown name. */
  add(request: FaultRequest): string;
  /** Switches one off, or all. Returns how many there were. */
  remove(id?: string): number;
  list(): readonly ActiveFault[];
  /** The fault that hits this request, used up once. */
  take(target: FaultTarget): { readonly name: string; readonly effect: FaultEffect } | undefined;
}

/** Creates an empty registry. */
export function createFaultRegistry(clock: SimulatorClock): FaultRegistry {
  let nextId = 1;
  let faults: { id: string; request: FaultRequest; skip: number; remaining: number }[] = [];

  return {
    add: (request) => {
      if (!isFaultName(request.name)) throw new TypeError(`unknown fault: ${String(request.name)}`);
      const id = `fault-${nextId}`;
      nextId += 1;
      const remaining = request.times ?? Number.POSITIVE_INFINITY;
      faults.push({ id, request, skip: request.skip ?? 0, remaining });
      return id;
    },
    remove: (id) => {
      const before = faults.length;
      faults = id === undefined ? [] : faults.filter((fault) => fault.id !== id);
      return before - faults.length;
    },
    list: () => faults.map((fault) => ({ ...fault })),
    take: (target) => {
      const fault = faults.findLast((candidate) => fits(candidate.request, target) && !letsPass(candidate));
      if (fault === undefined) return undefined;
      fault.remaining -= 1;
      if (fault.remaining <= 0) faults = faults.filter((other) => other !== fault);
      return { name: fault.request.name, effect: presetEffect(fault.request.name, fault.request, clock.nowMs()) };
    },
  };
}

/** Counts down the requests that a fault lets through first. */
function letsPass(fault: { skip: number }): boolean {
  if (fault.skip === 0) return false;
  fault.skip -= 1;
  return true;
}

function fits(request: FaultRequest, target: FaultTarget): boolean {
  const { account, model } = request;
  if (account !== undefined && account !== target.account?.login && account !== target.account?.token) return false;
  if (model !== undefined && model !== target.model) return false;
  const endpoint = request.endpoint ?? presetPlane(request.name);
  if (endpoint === "all" || endpoint === target.path || endpoint === target.plane) return true;
  // Everything on the Copilot side, inference included.
  return endpoint === "copilot" && target.plane === "inference";
}
