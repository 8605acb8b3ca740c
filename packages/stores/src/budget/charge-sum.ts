import type { Charges } from "@copilot-llm/model";

export const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

export function addCharges(a: Charges, b: Charges): Charges {
  return combine(a, b, 1);
}

export function subtractCharges(a: Charges, b: Charges): Charges {
  return combine(a, b, -1);
}

function combine(a: Charges, b: Charges, sign: 1 | -1): Charges {
  return {
    requests: a.requests + sign * b.requests,
    premiumUnits: roundUnits(a.premiumUnits + sign * b.premiumUnits),
    nanoAiu: a.nanoAiu + sign * b.nanoAiu,
    tokens: a.tokens + sign * b.tokens,
  };
}

/** Multipliers like 0.33 add up without the crumbs of binary fractions, so that a limit of 0.99 fits three of them. */
export function roundUnits(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
