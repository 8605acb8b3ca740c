import type { BillingEntity } from "./billing-entity.js";
import type { PooledToken } from "./pooled-token.js";
import type { StateWatch } from "./state-watch.js";

/** Sees to it that what one token learns of its billing entity is seen of the others that the entity pays for. */
export class EntityWatch {
  readonly #tokens: ReadonlyMap<string, PooledToken>;
  readonly #states: Pick<StateWatch, "look">;

  constructor(tokens: ReadonlyMap<string, PooledToken>, states: Pick<StateWatch, "look">) {
    this.#tokens = tokens;
    this.#states = states;
  }

  tokensOf(entity: BillingEntity): readonly PooledToken[] {
    return Array.from(entity.seats.keys()).flatMap((id) => this.#tokens.get(id) ?? []);
  }

  lookAtAll(entity: BillingEntity): void {
    for (const token of this.tokensOf(entity)) this.#states.look(token);
  }

  /** Looks at all where it is not as `entityOutlook` had it before. True when it changed. */
  lookAgain(entity: BillingEntity, before: string, nowMs: number): boolean {
    if (!entity.isShared || entityOutlook(entity, nowMs) === before) return false;
    this.lookAtAll(entity);
    return true;
  }
}

/** What concerns every token of the entity. One that pays for itself is looked at anyway. */
export function entityOutlook(entity: BillingEntity, nowMs: number): string {
  if (!entity.isShared) return "";
  const { figures } = entity;
  const trialAtMs = entity.block(nowMs)?.trialAtMs ?? null;
  return `${figures.isUsedUp(nowMs) ? figures.againAtMs(nowMs) : "quota"} ${trialAtMs}`;
}
