import { backoffMs, type Cancel, type Clock, type Log, type Secret } from "@copilot-llm/model";
import pg from "pg";
import type { StoreHealth } from "../../interfaces/stores.js";
import { changeChannel } from "../change-message.js";
import { clientSettings } from "./client-settings.js";
import { describeOutage } from "./outage.js";

export interface GatewayLinkOptions {
  readonly databaseUrl: Secret;
  readonly gatewayId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onMessage: (message: string) => void;
  /** Once connected, before the link counts as up: brings the database up to what happened meanwhile. */
  readonly restore: (client: pg.Client) => Promise<void>;
  readonly onUp: () => void;
}

/** Tells the link from other connections in `pg_stat_activity`. */
export const linkName = "copilot-llm link";
const beatMs = 1000;
/** Notifications are taken to arrive for so long after the connection last answered. */
const trustedMs = 2500;
const answerTimeoutMs = 2000;
const reconnectBackoff = { firstMs: 200, longestMs: 5000 };
/** Gateways not seen for so long are taken for dead; whoever comes back after an outage has as long to tell. */
const deadAfterMs = 15_000;

/**
 * The connection that tells whether the database is there: it hears notifications, beats once a second so that others
 * know this gateway lives, and reconnects by itself. What belongs to gateways that stopped beating is given back.
 */
export class GatewayLink {
  readonly #options: GatewayLinkOptions;
  #client: pg.Client | null = null;
  #isUp = false;
  #isClosed = false;
  #failure: string | null = null;
  #retries = 0;
  #connectedAtMs = 0;
  #answeredAtMs = 0;
  #cancelNext: Cancel | null = null;
  #beating: Promise<void> | null = null;
  #connecting: Promise<void> = Promise.resolve();

  constructor(options: GatewayLinkOptions) {
    this.#options = options;
  }

  /** The first connection; throws what prevents it. */
  async open(): Promise<void> {
    await this.#connect();
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Whether every change that others made and committed a second ago has been heard. */
  get hearsChanges(): boolean {
    return this.#isUp && this.#options.clock.monotonicMs() - this.#answeredAtMs <= trustedMs;
  }

  get health(): StoreHealth {
    return this.#isUp ? { ok: true } : { ok: false, reason: `${this.#failure ?? "The gateway is stopping"}.` };
  }

  /** Another connection failed: finds out at once whether the database is gone. */
  suspect(): void {
    if (this.#isUp) void this.#beat();
  }

  /** Sent on the link's own connection; lost while that is down. */
  send(sql: string, values: readonly unknown[]): void {
    this.#client?.query(sql, [...values]).catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#isUp = false;
    this.#cancelNext?.();
    await this.#beating;
    await this.#connecting;
    const client = this.#client;
    this.#client = null;
    if (client === null) return;
    await client.query("DELETE FROM gateways WHERE id = $1", [this.#options.gatewayId]).catch(() => undefined);
    await client.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const { databaseUrl, gatewayId, clock, log, onMessage, restore, onUp } = this.#options;
    const client = new pg.Client(clientSettings(databaseUrl, answerTimeoutMs, linkName));
    client.on("error", (error) => this.#lose(client, error));
    client.on("end", () => this.#lose(client, new Error("the connection ended")));
    client.on("notification", ({ payload }) => onMessage(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${changeChannel}`);
      await client.query("INSERT INTO gateways (id) VALUES ($1) ON CONFLICT (id) DO UPDATE SET seen_at = now()", [
        gatewayId,
      ]);
      this.#client = client;
      this.#connectedAtMs = clock.monotonicMs();
      this.#answeredAtMs = this.#connectedAtMs;
      this.#scheduleBeat();
      await restore(client);
      if (this.#client !== client) throw new Error("the connection ended");
    } catch (error) {
      if (this.#client === client) this.#client = null;
      void client.end().catch(() => undefined);
      throw error;
    }
    if (this.#isClosed) return;
    if (this.#failure !== null) log.info("The database can be reached again.");
    this.#failure = null;
    this.#retries = 0;
    this.#isUp = true;
    onUp();
  }

  #scheduleBeat(): void {
    if (this.#isClosed || this.#client === null) return;
    this.#cancelNext?.();
    this.#cancelNext = this.#options.clock.schedule(beatMs, () => void this.#beat());
  }

  #beat(): Promise<void> {
    this.#beating ??= this.#beatOnce().finally(() => {
      this.#beating = null;
      this.#scheduleBeat();
    });
    return this.#beating;
  }

  async #beatOnce(): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    const { clock, gatewayId } = this.#options;
    const askedAtMs = clock.monotonicMs();
    try {
      const { rowCount } = await client.query("UPDATE gateways SET seen_at = now() WHERE id = $1", [gatewayId]);
      if (rowCount === 0) throw new Error("another gateway took this one for dead");
      this.#answeredAtMs = askedAtMs;
      if (askedAtMs - this.#connectedAtMs > deadAfterMs) {
        await client.query("DELETE FROM gateways WHERE seen_at < now() - make_interval(secs => $1)", [
          deadAfterMs / 1000,
        ]);
      }
    } catch (error) {
      this.#lose(client, error);
    }
  }

  #lose(client: pg.Client, error: unknown): void {
    if (this.#client !== client || this.#isClosed) return;
    const { log } = this.#options;
    this.#client = null;
    void client.end().catch(() => undefined);
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#failure = describeOutage(error);
    log.error("The database is gone; records are kept on disk until it is back.", { reason: this.#failure });
    this.#scheduleReconnect(0);
  }

  #scheduleReconnect(delayMs: number): void {
    if (this.#isClosed) return;
    this.#cancelNext?.();
    this.#cancelNext = this.#options.clock.schedule(delayMs, () => {
      this.#connecting = this.#connect().catch((error: unknown) => {
        this.#failure = describeOutage(error);
        this.#scheduleReconnect(backoffMs(reconnectBackoff, this.#retries));
        this.#retries += 1;
      });
    });
  }
}
