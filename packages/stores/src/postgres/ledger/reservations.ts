import { GatewayError } from "@copilot-llm/model";
import type pg from "pg";
import type { Reservation, ReserveResult } from "../../interfaces/ledger.js";
import { BatchQueue } from "../batch-queue.js";
import type { ConnectionPool } from "../connection/connection-pool.js";
import type { GatewayLink } from "../connection/gateway-link.js";
import { createUnavailable, isCollision, isOutage, sqlState } from "../connection/outage.js";
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
  readonly #asked = new Set<string>();
  /** To be given back in the database, whether they are there or not. */
  readonly #left = new Set<string>();
  #givingBack: Promise<void> | null = null;

  constructor(options: ReservationsOptions) {
    this.#options = options;
    this.#reserving = new BatchQueue({
      run: (batch) => this.#reserveBatch(batch),
      maxItems: maxBatch,
      maxBytes: 1 << 20,
      bytesOf: () => 0,
    });
  }

  async reserve(reservation: Reservation): Promise<ReserveResult> {
    const { id } = reservation;
    if (this.#open.has(id) || this.#asked.has(id)) throw alreadyReserved();
    this.#asked.add(id);
    try {
      const outcome = await this.#reserving.push(reservation);
      if (outcome === "taken") throw alreadyReserved();
      if (outcome.granted) this.#open.set(id, reservation);
      return outcome;
    } catch (error) {
      // The connection may have broken after it was kept.
      if (error instanceof GatewayError && error.code === "unavailable") this.#leave(id);
      throw error;
    } finally {
      this.#asked.delete(id);
    }
  }

  async release(reservationId: string): Promise<void> {
    if (this.#open.delete(reservationId)) await this.#leave(reservationId);
  }

  /** Gives back what was released while the database was gone. */
  giveBack(): Promise<void> {
    this.#givingBack ??= this.#giveBackAll();
    return this.#givingBack;
  }

  /** The request is on record: its reservation went with that. */
  settled(requestId: string): void {
    this.#open.delete(requestId);
  }

  /** After a connection was lost: what is open here is open there again. */
  async restore(client: pg.ClientBase): Promise<void> {
    await keepReservations(client, this.#options.gatewayId, [...this.#open.values()]);
  }

  async settle(): Promise<void> {
    await this.#reserving.settle();
    await this.#givingBack;
  }

  #leave(reservationId: string): Promise<void> {
    this.#left.add(reservationId);
    return this.giveBack();
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

  async #giveBackAll(): Promise<void> {
    const { pool, link } = this.#options;
    // Lets everything that is released in the same turn go together.
    await Promise.resolve();
    while (this.#left.size > 0 && link.isUp) {
      const ids = [...this.#left];
      try {
        await pool.use((client) => client.query("DELETE FROM reservations WHERE id = ANY ($1)", [ids]));
      } catch {
        link.suspect();
        break;
      }
      for (const id of ids) this.#left.delete(id);
    }
    // In the same turn as the last look at what is left, so that nothing is forgotten.
    this.#givingBack = null;
  }
}

function alreadyReserved(): GatewayError {
  return new GatewayError("conflict", "The request id is reserved already.");
}
