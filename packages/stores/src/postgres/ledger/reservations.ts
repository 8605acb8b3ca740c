import { GatewayError } from "@copilot-llm/model";
import type pg from "pg";
import type { Reservation, ReserveResult } from "../../ledger.js";
import type { ConnectionPool } from "../connection/connection-pool.js";
import type { GatewayLink } from "../connection/gateway-link.js";
import { createUnavailable, isCollision, isOutage, sqlState } from "../connection/outage.js";
import { BatchQueue } from "./batch-queue.js";
import { keepReservations, type ReserveOutcome, reserveBatch } from "./reserve-batch.js";

export interface ReservationsOptions {
  readonly pool: ConnectionPool;
  readonly link: GatewayLink;
  readonly gatewayId: string;
}

const maxBatch = 100;
/** The row of this gateway is gone: others took it for dead. */
const missingGateway = "23503";

/** This gateway's open reservations: in the database, where all gateways count them, and by id here. */
export class Reservations {
  readonly #options: ReservationsOptions;
  readonly #open = new Map<string, Reservation>();
  readonly #reserving: BatchQueue<Reservation, ReserveOutcome>;
  readonly #releasing: BatchQueue<string, undefined>;

  constructor(options: ReservationsOptions) {
    this.#options = options;
    this.#reserving = new BatchQueue({
      run: (batch) => this.#reserveBatch(batch),
      maxItems: maxBatch,
      maxBytes: 1 << 20,
      bytesOf: () => 0,
    });
    this.#releasing = new BatchQueue({
      run: (batch) => this.#releaseBatch(batch),
      maxItems: 1000,
      maxBytes: 1 << 20,
      bytesOf: () => 0,
    });
  }

  async reserve(reservation: Reservation): Promise<ReserveResult> {
    if (this.#open.has(reservation.id)) throw alreadyReserved();
    this.#open.set(reservation.id, reservation);
    let outcome: ReserveOutcome | null = null;
    try {
      outcome = await this.#reserving.push(reservation);
    } finally {
      if (outcome === null || outcome === "taken" || !outcome.granted) this.#open.delete(reservation.id);
    }
    if (outcome === "taken") throw alreadyReserved();
    return outcome;
  }

  /** While the database is gone, it is given back when that returns. */
  async release(reservationId: string): Promise<void> {
    if (!this.#open.delete(reservationId) || !this.#options.link.isUp) return;
    await this.#releasing.push(reservationId).catch(() => undefined);
  }

  /** The request is on record: its reservation went with that. */
  settled(requestId: string): void {
    this.#open.delete(requestId);
  }

  /** After a connection was lost: what is open here is open there again. */
  async restore(client: pg.ClientBase): Promise<void> {
    await keepReservations(client, this.#options.gatewayId, [...this.#open.values()]);
  }

  /** Gives back what is open there and not here any more. */
  async reconcile(): Promise<void> {
    await this.#reserving.settle();
    const { pool, gatewayId } = this.#options;
    await pool.use((client) =>
      client.query("DELETE FROM reservations WHERE gateway_id = $1 AND id <> ALL ($2)", [
        gatewayId,
        [...this.#open.keys()],
      ]),
    );
  }

  async settle(): Promise<void> {
    await this.#reserving.settle();
    await this.#releasing.settle();
  }

  async #reserveBatch(batch: readonly Reservation[]): Promise<readonly ReserveOutcome[]> {
    const { pool, link, gatewayId } = this.#options;
    if (!link.isUp) throw createUnavailable(link.health);
    try {
      return await pool.transaction((client) => reserveBatch(client, gatewayId, batch));
    } catch (error) {
      if (isOutage(error) || sqlState(error) === missingGateway) link.suspect();
      else if (!isCollision(error)) throw error;
      throw createUnavailable(error);
    }
  }

  async #releaseBatch(batch: readonly string[]): Promise<readonly undefined[]> {
    await this.#options.pool.use((client) => client.query("DELETE FROM reservations WHERE id = ANY ($1)", [batch]));
    return batch.map(() => undefined);
  }
}

function alreadyReserved(): GatewayError {
  return new GatewayError("conflict", "The request id is reserved already.");
}
