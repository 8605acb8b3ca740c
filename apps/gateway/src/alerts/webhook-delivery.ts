import type { Cancel, Clock, Log, Randomness } from "@copilot-llm/model";
import type { WebhookMessage, WebhookTarget } from "./webhook-target.js";

export interface WebhookDeliveryOptions {
  readonly target: WebhookTarget;
  readonly clock: Clock;
  readonly randomness: Pick<Randomness, "next">;
  readonly log: Log;
}

/** What follows a try that failed. After the last the alert is given up: while it stands it is told anew within the hour. */
const waitsMs = [5_000, 30_000, 2 * 60_000, 8 * 60_000, 20 * 60_000];
const maxOutstanding = 100;

/** Tries until a message is taken, by itself: nobody waits for it. */
export class WebhookDelivery {
  readonly #options: WebhookDeliveryOptions;
  readonly #waiting = new Set<Cancel>();
  #outstanding = 0;
  #isClosed = false;

  constructor(options: WebhookDeliveryOptions) {
    this.#options = options;
  }

  /** False while too many messages are under way. */
  get hasRoom(): boolean {
    return !this.#isClosed && this.#outstanding < maxOutstanding;
  }

  deliver(message: WebhookMessage): void {
    if (!this.hasRoom) return;
    this.#outstanding += 1;
    void this.#attempt(message, 0);
  }

  /** Gives up what is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
    await this.#options.target.close();
  }

  async #attempt(message: WebhookMessage, failures: number): Promise<void> {
    const { target, log } = this.#options;
    try {
      await target.send(message);
      this.#outstanding -= 1;
      log.info("alert sent", { alert_id: message.id, tries: failures + 1 });
    } catch (error) {
      if (this.#isClosed) return;
      const waitMs = waitsMs[failures];
      log[waitMs === undefined ? "error" : "warn"](
        waitMs === undefined ? "an alert was not taken, and is given up" : "an alert was not taken, and is tried again",
        { alert_id: message.id, tries: failures + 1, error },
      );
      if (waitMs === undefined) this.#outstanding -= 1;
      else this.#retry(message, failures + 1, waitMs);
    }
  }

  /** After up to a fifth more than the wait, so that gateways do not come back all at once. */
  #retry(message: WebhookMessage, failures: number, waitMs: number): void {
    const { clock, randomness } = this.#options;
    const cancel = clock.schedule(waitMs * (1 + randomness.next() / 5), () => {
      this.#waiting.delete(cancel);
      void this.#attempt(message, failures);
    });
    this.#waiting.add(cancel);
  }
}
