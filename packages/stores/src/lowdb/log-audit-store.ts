import type { AuditEvent, Clock, Log } from "@copilot-llm/model";
import type { AuditStore } from "../interfaces/audit-store.js";
import type { LogPosition } from "../segment-log/log-position.js";
import { SegmentLog } from "../segment-log/segment-log.js";

export interface AuditStoreOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The trail as a log of its own; memory holds where each event stands. */
export async function openAuditStore(
  options: AuditStoreOptions,
): Promise<{ readonly store: AuditStore; close(): Promise<void> }> {
  const places: (LogPosition & { readonly id: string })[] = [];
  const log = await SegmentLog.open<AuditEvent>({
    ...options,
    fsync: "always",
    whenWriteFails: "fail",
    segmentBytes: 16 << 20,
    segmentEntries: 1 << 16,
    maxPendingBytes: 16 << 20,
    // Events have had one form so far.
    decode: (stored) => stored as AuditEvent,
    replayFrom: 1,
    onEntry: ({ id }, position) => places.push({ ...position, id }),
    onSealed: () => undefined,
  });
  const store: AuditStore = {
    append: (event) => log.append(event, null),
    async list({ limit, before }) {
      const end = before === undefined ? places.length : places.findLastIndex(({ id }) => id === before);
      const page = places.slice(Math.max(0, end - limit), Math.max(0, end)).reverse();
      const events = await Promise.all(page.map((place) => log.reader.read(place)));
      return events.filter((event) => event !== null).map(({ value }) => value);
    },
  };
  return { store, close: () => log.close() };
}
