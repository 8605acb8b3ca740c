import type { Cancel, Clock, Log } from "@copilot-llm/model";
import type { Alert, LiveEvent, Provider } from "@copilot-llm/provider";
import { alertId, alertQuietMs } from "@copilot-llm/provider";
import { alertKey } from "../api/status/encode.js";
import { encodeAlertMessage, isSentOut, matterOf } from "./alert-message.js";
import type { WebhookDelivery } from "./webhook-delivery.js";

export interface AlertWatchOptions {
  readonly provider: Pick<Provider, "alerts" | "claimAlert" | "events">;
  /** Null: alerts are told to the live events only. */
  readonly delivery: Pick<WebhookDelivery, "hasRoom" | "deliver"> | null;
  readonly publicUrl: string | null;
  readonly clock: Clock;
  readonly log: Log;
}

const lookEveryMs = 30_000;
/** From a token's trouble to the look that tells of it: several come together. */
const soonMs = 1_000;
/** After another gateway's claim. */
const askAgainMs = 5 * 60_000;

/** Looks for alerts from time to time, apart from all requests, and tells of what came and went. */
export class AlertWatch {
  readonly #options: AlertWatchOptions;
  #standing: ReadonlyMap<string, Alert> = new Map();
  /** Until when nothing is to be told of a matter, by alert key. */
  readonly #quietUntilMs = new Map<string, number>();
  #next: Cancel = () => undefined;
  #unsubscribe: Cancel = () => undefined;
  #round: Promise<void> | null = null;
  #isClosed = false;

  constructor(options: AlertWatchOptions) {
    this.#options = options;
  }

  start(): void {
    const { events } = this.#options.provider;
    const onEvent = (event: LiveEvent): void => {
      if (event.kind === "token_state" && event.state?.status !== "active") this.#lookIn(soonMs);
    };
    this.#unsubscribe = events.subscribe({ onEvent, onGap: () => undefined, onEnd: () => undefined });
    this.#lookIn(soonMs);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#next();
    this.#unsubscribe();
    await this.#round;
  }

  #lookIn(delayMs: number): void {
    if (this.#isClosed) return;
    this.#next();
    this.#next = this.#options.clock.schedule(delayMs, () => {
      // A look that takes long is waited for: the next is reckoned from its end.
      this.#round ??= this.#look().finally(() => {
        this.#round = null;
        this.#lookIn(lookEveryMs);
      });
    });
  }

  async #look(): Promise<void> {
    const { provider, log } = this.#options;
    try {
      const alerts = await provider.alerts();
      this.#publishLive(alerts);
      await this.#sendOut(alerts.filter(isSentOut));
    } catch (error) {
      log.warn("looking for alerts failed", { error });
    }
  }

  #publishLive(alerts: readonly Alert[]): void {
    const { events } = this.#options.provider;
    const standing = new Map(alerts.map((alert) => [alertKey(alert), alert]));
    const before = this.#standing;
    this.#standing = standing;
    for (const [key, alert] of standing) if (!before.has(key)) events.publish({ kind: "alert", alert, stands: true });
    for (const [key, alert] of before) if (!standing.has(key)) events.publish({ kind: "alert", alert, stands: false });
  }

  async #sendOut(alerts: readonly Alert[]): Promise<void> {
    const { delivery, publicUrl, clock } = this.#options;
    if (delivery === null) return;
    for (const [key, untilMs] of this.#quietUntilMs) if (untilMs <= clock.nowMs()) this.#quietUntilMs.delete(key);
    for (const alert of alerts) {
      const key = alertKey(alert);
      if (this.#isClosed || !delivery.hasRoom) return;
      if (this.#quietUntilMs.has(key)) continue;
      const isOurs = await this.#claim(alert);
      const nowMs = clock.nowMs();
      this.#quietUntilMs.set(key, nowMs + (isOurs ? alertQuietMs : askAgainMs));
      if (!isOurs) continue;
      const body = encodeAlertMessage(alert, nowMs, { publicUrl });
      delivery.deliver({ id: alertId(matterOf(alert), nowMs), body });
    }
  }

  /** Where the trail cannot be written this gateway tells by itself; the id says to the receiver that it is the same. */
  async #claim(alert: Alert): Promise<boolean> {
    const { provider, log } = this.#options;
    try {
      return await provider.claimAlert(matterOf(alert));
    } catch (error) {
      log.warn("an alert is sent without its mark on the trail", { code: alert.code, error });
      return true;
    }
  }
}
