import type { Cancel, Clock, Log } from "@copilot-llm/model";
import type { EntityView, Pool } from "@copilot-llm/pool";
import type { Accounts } from "./accounts.js";

/** The runtime keeps an account's quota for a minute: an answer that comes sooner may be from before the refusal. */
const askAfterMs = 61_000;

export interface SuspectSeatsOptions {
  readonly pool: Pick<Pool, "entities">;
  readonly accounts: Pick<Accounts, "refreshQuotas">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * After a token was refused for want of quota, asks GitHub whether the others of its billing entity have some, as soon
 * as the answer can be trusted: a person's own budget then keeps the others from being used for no longer than that.
 */
export class SuspectSeats {
  readonly #options: SuspectSeatsOptions;
  /** By billing entity. */
  readonly #planned = new Map<string, Cancel>();

  constructor(options: SuspectSeatsOptions) {
    this.#options = options;
  }

  noteRefusal(tokenId: string): void {
    const entity = this.#suspects().find(({ tokenIds }) => tokenIds.includes(tokenId));
    if (entity === undefined || this.#planned.has(entity.id)) return;
    const ask = (): void => {
      this.#planned.delete(entity.id);
      void this.#ask(entity.id);
    };
    this.#planned.set(entity.id, this.#options.clock.schedule(askAfterMs, ask));
  }

  close(): void {
    for (const cancel of this.#planned.values()) cancel();
    this.#planned.clear();
  }

  /** One after the other, until one of them clears the rest. */
  async #ask(entityId: string): Promise<void> {
    const { accounts, log } = this.#options;
    const tokenIds = this.#suspects().find(({ id }) => id === entityId)?.tokenIds ?? [];
    for (const tokenId of tokenIds) {
      try {
        await accounts.refreshQuotas(tokenId);
      } catch (error) {
        log.warn("asking for a suspect token's quota failed", { token_id: tokenId, error });
      }
      if (!this.#suspects().some(({ id }) => id === entityId)) return;
    }
  }

  #suspects(): readonly EntityView[] {
    return this.#options.pool.entities().filter(({ suspectSinceMs }) => suspectSinceMs !== null);
  }
}
