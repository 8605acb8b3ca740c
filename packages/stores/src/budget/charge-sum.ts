import type { Charges } from "@copilot-llm/model";

export const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

export function addCharges(a: Charges, b: Charges): Charges {
  const sum = new ChargeSum(a);
  sum.add(b);
  return sum.values();
}

/** Changes in place: each request adds to many sums. */
export class ChargeSum implements Charges {
  requests: number;
  premiumUnits: number;
  nanoAiu: number;
  tokens: number;

  constructor({ requests, premiumUnits, nanoAiu, tokens }: Charges = noCharges) {
    this.requests = requests;
    this.premiumUnits = premiumUnits;
    this.nanoAiu = nanoAiu;
    this.tokens = tokens;
  }

  add(charges: Charges): void {
    this.requests += charges.requests;
    this.premiumUnits = roundUnits(this.premiumUnits + charges.premiumUnits);
    this.nanoAiu += charges.nanoAiu;
    this.tokens += charges.tokens;
  }

  subtract(charges: Charges): void {
    this.requests -= charges.requests;
    this.premiumUnits = roundUnits(this.premiumUnits - charges.premiumUnits);
    this.nanoAiu -= charges.nanoAiu;
    this.tokens -= charges.tokens;
  }

  /** As it is now. */
  values(): Charges {
    const { requests, premiumUnits, nanoAiu, tokens } = this;
    return { requests, premiumUnits, nanoAiu, tokens };
  }
}

/** Multipliers like 0.33 add up without the crumbs of binary fractions, so that a limit of 0.99 fits three of them. */
export function roundUnits(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
