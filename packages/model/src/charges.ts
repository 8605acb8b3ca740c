/** What a request takes from a key's budgets: an estimate when reserved, the truth when appended. */
export interface Charges {
  readonly requests: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  readonly tokens: number;
}

export type ChargeUnit = keyof Charges;
