import type { Quirks } from "../quirks.js";
import type { BillingEntity } from "./billing-entity.js";

/** `copilot_plan` as `/copilot_internal/user` names it. */
export type CopilotPlan = "free" | "individual" | "individual_pro" | "individual_max" | "business" | "enterprise";

/** `premium`: requests times a model's multiplier. `credits`: tokens times a model's prices, in nano-AIU. */
export type BillingWorld = "premium" | "credits";

export type PolicyState = "enabled" | "disabled" | "unconfigured";

/** What GitHub says about the account's right to Copilot. */
export type AccountStanding = "active" | "revoked" | "no_copilot";

/** An account as a test or the program describes it. Everything but `token` and `login` has a default by plan. */
export interface AccountOptions {
  readonly token: string;
  /** Unique; it is the account's id everywhere in the simulator. */
  readonly login: string;
  readonly plan?: CopilotPlan;
  readonly billing?: BillingWorld;
  /** Premium requests, or AI credits, per period; -1 means unlimited. A seat of an organisation brings its credits to the pool. */
  readonly entitlement?: number;
  /** Used so far, in the same unit. More than the entitlement makes `remaining` negative. */
  readonly used?: number;
  readonly overagePermitted?: boolean;
  /** When the period ends. Default: the first of the next month, UTC. */
  readonly quotaResetAtMs?: number;
  /** Policy by model id; a model not named keeps the catalogue's own state. */
  readonly modelPolicy?: Readonly<Record<string, PolicyState>>;
  /** Model ids left out of this account's catalogue. */
  readonly hiddenModels?: readonly string[];
  /** The first of them pays for a business or enterprise seat that is billed in credits. */
  readonly organizations?: readonly string[];
  /** AI credits that this person may draw from the pool; default, and for -1: any. */
  readonly personalBudget?: number;
  readonly standing?: AccountStanding;
  readonly quirks?: Partial<Quirks>;
}

/** An account's live state. Mutable: quota counts down, standing and policy change under test. */
export interface Account {
  readonly login: string;
  readonly token: string;
  /** Position in the directory; the service ids it issues carry it. */
  readonly index: number;
  readonly plan: CopilotPlan;
  readonly billing: BillingWorld;
  readonly organizations: readonly string[];
  readonly hiddenModels: ReadonlySet<string>;
  readonly modelPolicy: Map<string, PolicyState>;
  readonly quirks: Partial<Quirks>;
  /** Who pays, when it is not the account itself. */
  entity: BillingEntity | undefined;
  personalBudget: number | undefined;
  standing: AccountStanding;
  entitlement: number;
  /** Premium requests, in hundredths, so that multipliers such as 0.33 add up exactly. */
  usedHundredths: number;
  /** Nano-AIU that this account has spent in the period (credits world). */
  usedNanoAiu: number;
  chatUsed: number;
  overagePermitted: boolean;
  quotaResetAtMs: number;
  /** Set while the Copilot side refuses the credential until the control plane is asked again. */
  credentialExpired: boolean;
}

const entitlementByPlan: Record<BillingWorld, Record<CopilotPlan, number>> = {
  premium: { free: 50, individual: 300, individual_pro: 1500, individual_max: 1500, business: 300, enterprise: 1000 },
  credits: {
    free: 100,
    individual: 1000,
    individual_pro: 3900,
    individual_max: 10000,
    business: 1900,
    enterprise: 3900,
  },
};

const nanoAiuPerCredit = 1e9;

/** Fills an account's defaults. `nowMs` decides the default reset moment. */
export function createAccount(options: AccountOptions, index: number, nowMs: number): Account {
  const plan = options.plan ?? "business";
  const billing = options.billing ?? "premium";
  const used = options.used ?? 0;
  return {
    login: options.login,
    token: options.token,
    index,
    plan,
    billing,
    organizations: options.organizations ?? (plan === "business" || plan === "enterprise" ? ["octo-org"] : []),
    hiddenModels: new Set(options.hiddenModels ?? []),
    modelPolicy: new Map(Object.entries(options.modelPolicy ?? {})),
    quirks: options.quirks ?? {},
    entity: undefined,
    personalBudget: options.personalBudget,
    standing: options.standing ?? "active",
    entitlement: options.entitlement ?? entitlementByPlan[billing][plan],
    usedHundredths: billing === "premium" ? Math.round(used * 100) : 0,
    usedNanoAiu: billing === "credits" ? Math.round(used * nanoAiuPerCredit) : 0,
    chatUsed: 0,
    overagePermitted: options.overagePermitted ?? false,
    quotaResetAtMs: options.quotaResetAtMs ?? firstOfNextMonth(nowMs),
    credentialExpired: false,
  };
}

/** The first moment of the next UTC month, in milliseconds. */
export function firstOfNextMonth(nowMs: number): number {
  const now = new Date(nowMs);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
}
