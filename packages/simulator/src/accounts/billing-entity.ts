/** An organisation's shared pool of AI credits as a test or the program describes it. */
export interface BillingEntityOptions {
  /** Its login, as accounts name it in `organizations`. */
  readonly organization: string;
  /** AI credits a period; -1 means unlimited. Default: what the seats that the simulator knows bring together. */
  readonly credits?: number;
  /** AI credits spent by seats that the simulator does not know. */
  readonly usedElsewhere?: number;
  readonly overagePermitted?: boolean;
  /** What a seat's own quota says: the figures of the whole pool, or those of its own share. Default `pool`. */
  readonly shows?: "pool" | "seat";
}

/** What can be changed about a pool while it is in use. */
export type BillingEntityChange = Omit<BillingEntityOptions, "organization">;

/** An account that draws on a pool, as far as the pool is concerned. Its counts begin anew with the pool's period. */
export interface Seat {
  readonly login: string;
  /** AI credits a period that it brings along; -1 means unlimited. */
  readonly entitlement: number;
  usedNanoAiu: number;
  usedHundredths: number;
  chatUsed: number;
  quotaResetAtMs: number;
}

/** Who pays for the seats of an organisation on usage-based billing. Mutable: its use counts up. */
export interface BillingEntity {
  readonly organization: string;
  readonly seats: Seat[];
  credits: number | undefined;
  usedElsewhereNanoAiu: number;
  overagePermitted: boolean;
  shows: "pool" | "seat";
}

/** The figures of a pool, in AI credits. */
export interface PoolFigures {
  /** -1 means unlimited. */
  readonly entitlement: number;
  readonly used: number;
}

const nanoAiuPerCredit = 1e9;

export function createBillingEntity(options: BillingEntityOptions): BillingEntity {
  const { organization, ...change } = options;
  const entity: BillingEntity = {
    organization,
    seats: [],
    credits: undefined,
    usedElsewhereNanoAiu: 0,
    overagePermitted: false,
    shows: "pool",
  };
  changeBillingEntity(entity, change);
  return entity;
}

export function changeBillingEntity(entity: BillingEntity, change: BillingEntityChange): void {
  entity.credits = change.credits ?? entity.credits;
  entity.overagePermitted = change.overagePermitted ?? entity.overagePermitted;
  entity.shows = change.shows ?? entity.shows;
  if (change.usedElsewhere !== undefined) {
    entity.usedElsewhereNanoAiu = Math.round(change.usedElsewhere * nanoAiuPerCredit);
  }
}

/** What all seats may use together, and have used. */
export function poolFigures({ seats, credits, usedElsewhereNanoAiu }: BillingEntity): PoolFigures {
  const brought = seats.some(({ entitlement }) => entitlement < 0)
    ? -1
    : seats.reduce((sum, { entitlement }) => sum + entitlement, 0);
  const usedNanoAiu = seats.reduce((sum, seat) => sum + seat.usedNanoAiu, usedElsewhereNanoAiu);
  return { entitlement: credits ?? brought, used: usedNanoAiu / nanoAiuPerCredit };
}
