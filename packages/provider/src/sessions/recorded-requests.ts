import { GatewayError, type RequestRecord } from "@copilot-llm/model";
import type { Ledger, RequestPage, SessionQuery, SessionSummary, Sessions } from "@copilot-llm/stores";
import { readTimedEvents, type TimedEvent } from "./timed-events.js";
import { splitTimes, type TimedRequest } from "./timed-request.js";

export interface RecordedRequestsOptions {
  readonly sessions: Pick<Sessions, "listRequests" | "find">;
  readonly ledger: Pick<Ledger, "findRecord">;
}

/** Recorded requests one by one, whatever session they belong to. */
export class RecordedRequests {
  readonly #options: RecordedRequestsOptions;

  constructor(options: RecordedRequestsOptions) {
    this.#options = options;
  }

  /** The one that ended last first. Requests with recording `off` are not among them. */
  list(query: SessionQuery): Promise<RequestPage> {
    return this.#options.sessions.listRequests(query);
  }

  /** Throws `not_found`. */
  async find(id: string): Promise<TimedRequest> {
    const found = await this.#options.ledger.findRecord(id);
    if (found === null) throw new GatewayError("not_found", "There is no recorded request with this id.");
    return splitTimes(found);
  }

  /** The events of its stream, in their order. Throws `not_found`, also where no stream is recorded. */
  async events(id: string): Promise<{ readonly startedAtMs: number; readonly events: readonly TimedEvent[] }> {
    const found = await this.find(id);
    if (found.bodies === null || !found.record.stream) {
      throw new GatewayError("not_found", "No stream of this request is recorded.");
    }
    return { startedAtMs: found.record.startedAtMs, events: readTimedEvents(found) };
  }

  /** A session with its requests' facts, without their bodies. Throws `not_found`. */
  async ofSession(
    id: string,
  ): Promise<{ readonly summary: SessionSummary; readonly records: readonly RequestRecord[] }> {
    const found = await this.#options.sessions.find(id);
    if (found === null) throw new GatewayError("not_found", "There is no recorded session with this id.");
    return found;
  }
}
