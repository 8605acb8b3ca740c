import { GatewayError, type RequestRecord } from "@copilot-llm/model";
import type { Ledger, SessionSummary, Sessions } from "@copilot-llm/stores";
import { readTimedEvents, type TimedEvent } from "./timed-events.js";
import { splitTimes, type TimedRequest } from "./timed-request.js";

export interface RecordedRequestsOptions {
  readonly sessions: Pick<Sessions, "list" | "find">;
  readonly ledger: Pick<Ledger, "findRecord">;
}

/** Recorded requests one by one, whatever session they belong to. */
export class RecordedRequests {
  readonly #options: RecordedRequestsOptions;

  constructor(options: RecordedRequestsOptions) {
    this.#options = options;
  }

  /** Those that began last, the latest first. Requests with recording `off` are not among them. */
  async latest(limit: number): Promise<readonly RequestRecord[]> {
    const { sessions } = this.#options;
    const page = await sessions.list({ limit });
    const byLastRequest = [...page.sessions].sort((one, other) => other.lastAtMs - one.lastAtMs);
    let latest: readonly RequestRecord[] = [];
    for (const { id, lastAtMs, requests, latest: last } of byLastRequest) {
      const oldest = latest.length < limit ? null : latest.at(-1);
      if (oldest != null && lastAtMs < oldest.startedAtMs) break;
      const records = requests === 1 ? [last] : ((await sessions.find(id))?.records ?? []);
      latest = [...latest, ...records].sort((one, other) => other.startedAtMs - one.startedAtMs).slice(0, limit);
    }
    return latest;
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
