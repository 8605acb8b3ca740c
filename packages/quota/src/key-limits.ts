// The limits that a key may have. A browser may load this: nothing here needs another module when it runs.
import type { ChargeUnit, KeyLimits, LimitPeriod } from "@copilot-llm/model";

export type KeyLimitField = Exclude<keyof KeyLimits, "limitPeriod">;

interface KeyLimitFacts {
  /** In the admin API, in refusals, on the trail and in the console. */
  readonly name: string;
  /** For what counts over the key's own period: what the admin API calls the count. Null for rates. */
  readonly countName: string | null;
  readonly unit: ChargeUnit;
  /** `period` is the key's own `limitPeriod`. */
  readonly window: "period" | "minute" | "open";
  /** Whether fractions make no sense. */
  readonly isWhole: boolean;
  /** Whether what a request takes is only known after it. */
  readonly isEstimate: boolean;
  /** What is counted, in the plural. */
  readonly noun: string;
  /** For the API document, to go before "; null for no limit". */
  readonly meaning: string;
  /** What the API document shows it set to. */
  readonly example: number | null;
}

/**
 * One line per limit. Claims, names, the bodies of the admin API, refusals, the trail and the console's fields follow
 * from it; beside it a new limit needs its place in `KeyLimits`, in what the stores keep, and its words in the console.
 */
const table = {
  maxRequests: {
    name: "max_requests",
    countName: "current_requests",
    unit: "requests",
    window: "period",
    isWhole: true,
    isEstimate: false,
    noun: "requests",
    meaning: "Requests in a period",
    example: null,
  },
  maxPremiumRequests: {
    name: "max_premium_requests",
    countName: "current_premium_requests",
    unit: "premiumUnits",
    window: "period",
    isWhole: false,
    isEstimate: false,
    noun: "premium requests",
    meaning: "Premium requests in a period, as the models' billing multipliers add up",
    example: 200,
  },
  maxCredits: {
    name: "max_credits",
    countName: "current_credits",
    unit: "nanoAiu",
    window: "period",
    isWhole: false,
    isEstimate: true,
    noun: "AI credits",
    meaning: "AI credits in a period",
    example: 1_000,
  },
  requestsPerMinute: {
    name: "rpm",
    countName: null,
    unit: "requests",
    window: "minute",
    isWhole: true,
    isEstimate: false,
    noun: "requests",
    meaning: "Requests in a minute",
    example: 60,
  },
  tokensPerMinute: {
    name: "tpm",
    countName: null,
    unit: "tokens",
    window: "minute",
    isWhole: true,
    isEstimate: true,
    noun: "tokens",
    meaning: "Tokens in a minute",
    example: null,
  },
  maxConcurrency: {
    name: "max_concurrency",
    countName: null,
    unit: "requests",
    window: "open",
    isWhole: true,
    isEstimate: false,
    noun: "requests",
    meaning: "Requests at the same time",
    example: 4,
  },
} as const satisfies Record<KeyLimitField, KeyLimitFacts>;

type Table = typeof table;

/** The limits by what the admin API calls them. */
export type KeyLimitName = Table[KeyLimitField]["name"];

/** Those that count over the key's period. */
export type BudgetName = Extract<Table[KeyLimitField], { readonly window: "period" }>["name"];

/** Their places in `KeyLimits`. */
export type BudgetField = {
  [Field in KeyLimitField]: Table[Field]["window"] extends "period" ? Field : never;
}[KeyLimitField];

/** Those that count over the last minute, or at a time. */
export type RateName = Exclude<KeyLimitName, BudgetName>;

/** What the admin API calls that which was used of a budget. */
export type BudgetCountName = NonNullable<Table[KeyLimitField]["countName"]>;

export interface KeyLimit extends KeyLimitFacts {
  /** Its place in `KeyLimits`. */
  readonly field: KeyLimitField;
  readonly name: KeyLimitName;
}

/** A limit that counts over the key's period. */
export interface KeyBudgetLimit extends KeyLimit {
  readonly field: BudgetField;
  readonly name: BudgetName;
  readonly countName: BudgetCountName;
  readonly window: "period";
}

export interface KeyRateLimit extends KeyLimit {
  readonly name: RateName;
  readonly window: "minute" | "open";
}

/** Budgets first, then rates. */
export const keyLimits: readonly KeyLimit[] = Object.entries(table).map(([field, facts]) => ({
  ...facts,
  field: field as KeyLimitField,
}));

export const keyBudgets: readonly KeyBudgetLimit[] = keyLimits.filter(isBudget);

export const keyRates: readonly KeyRateLimit[] = keyLimits.filter(isRate);

export const limitPeriods = ["lifetime", "day", "month"] as const satisfies readonly LimitPeriod[];

/** One value for each limit, by its name. */
export function byLimitName<Value>(pick: (limit: KeyLimit) => Value): Record<KeyLimitName, Value> {
  return Object.fromEntries(keyLimits.map((limit) => [limit.name, pick(limit)])) as Record<KeyLimitName, Value>;
}

/** One value for each limit, by its place in `KeyLimits`. */
export function byLimitField<Value>(pick: (limit: KeyLimit) => Value): Record<KeyLimitField, Value> {
  return Object.fromEntries(keyLimits.map((limit) => [limit.field, pick(limit)])) as Record<KeyLimitField, Value>;
}

/** One value for each budget, by its place in `KeyLimits`. */
export function byBudgetField<Value>(pick: (budget: KeyBudgetLimit) => Value): Record<BudgetField, Value> {
  return Object.fromEntries(keyBudgets.map((budget) => [budget.field, pick(budget)])) as Record<BudgetField, Value>;
}

/** One value for each budget, by the name of what was used of it. */
export function byBudgetCount<Value>(pick: (budget: KeyBudgetLimit) => Value): Record<BudgetCountName, Value> {
  const entries = keyBudgets.map((budget) => [budget.countName, pick(budget)]);
  return Object.fromEntries(entries) as Record<BudgetCountName, Value>;
}

function isBudget(limit: KeyLimit): limit is KeyBudgetLimit {
  return limit.window === "period";
}

function isRate(limit: KeyLimit): limit is KeyRateLimit {
  return limit.window !== "period";
}
