import { type Clock, dayMs } from "@copilot-llm/model";
import type { RecordedRequest } from "../../interfaces/ledger.js";
import type { SessionFilter, SessionOption, Sessions } from "../../interfaces/sessions.js";
import { storableText } from "../../stored-text/storable-text.js";
import { createTextMatcher } from "../../text-search/text-matcher.js";
import type { Database } from "../connection/database.js";
import { decodeRecord, decodeRecorded } from "../ledger/decode-record.js";
import { recordChange } from "../postgres-audit-store.js";
import { findRequestPage } from "./find-request-page.js";
import { findSessionPage } from "./find-session-page.js";
import { selectMatching } from "./matching-records.js";
import { summariseSessions } from "./summarise-sessions.js";

const exportedAtOnce = 50;
/** Conversations are found by their opening in the partitions of so long: each one costs. */
const recentMs = 7 * dayMs;

/** Sessions as what the records' conversations have in common. */
export function createSessions(database: Database, clock: Clock): Sessions {
  return {
    list(query) {
      return database.read(async (tables) => {
        const { conversationIds, nextCursor, searchedToMs } = await findSessionPage(tables, query);
        const summaries = await summariseSessions(tables, conversationIds);
        return { sessions: conversationIds.flatMap((id) => summaries.get(id) ?? []), nextCursor, searchedToMs };
      });
    },

    find(id) {
      return database.read(async (tables) => {
        const conversationId = storableText(id);
        const summary = (await summariseSessions(tables, [conversationId])).get(conversationId);
        if (summary === undefined) return null;
        const rows = await tables
          .selectFrom("request_records")
          .select("record")
          .where("conversation_id", "=", conversationId)
          .orderBy("position")
          .execute();
        return { summary, records: rows.flatMap(({ record }) => (record === null ? [] : [decodeRecord(record)])) };
      });
    },

    listRequests: (query) => database.read((tables) => findRequestPage(tables, query)),

    filterOptions() {
      return database.read(async (tables) => {
        const rows = await tables
          .selectFrom("statistics_cells")
          .select(["dimension", "group_id", "label"])
          .distinctOn(["dimension", "group_id"])
          .where("dimension", "in", ["model", "key", "token"])
          .where("span", "=", "day")
          .where("group_id", "<>", "")
          .orderBy("dimension")
          .orderBy("group_id")
          .orderBy("start_ms", "desc")
          .execute();
        const options = (dimension: "model" | "key" | "token"): SessionOption[] =>
          rows
            .filter((row) => row.dimension === dimension)
            .map(({ group_id: id, label }) => ({ id, label: label ?? id }))
            .sort((a, b) => a.label.localeCompare(b.label, "en"));
        return { models: options("model").map(({ id }) => id), keys: options("key"), tokens: options("token") };
      });
    },

    withOpening(opening, limit) {
      // A semicolon follows the colon: what goes on behind the opening lies between them.
      const [from, to] = [`${storableText(opening)}:`, `${storableText(opening)};`];
      return database.read(async (tables) => {
        const rows = await tables
          .selectFrom("request_records")
          .select(({ fn }) => ["conversation_id", fn.max("id").as("request_id")])
          .where("started_at_ms", ">=", clock.nowMs() - recentMs)
          .where("conversation_id", ">", from)
          .where("conversation_id", "<", to)
          .groupBy("conversation_id")
          .orderBy("conversation_id", "desc")
          .limit(limit)
          .execute();
        return rows.map((row) => ({ conversationId: row.conversation_id ?? "", requestId: row.request_id }));
      });
    },

    export: (filter) => exportRecords(database, filter),

    remove(ids, audited) {
      return database.change(async (tables) => {
        const removed = await tables
          .updateTable("request_records")
          .set({ conversation_id: null, record: null, request_body: null, response_body: null })
          .from(
            tables
              .selectFrom("request_records as found")
              .select(["id", "started_at_ms", "conversation_id"])
              .where("conversation_id", "in", [...ids.map(storableText), ""])
              .where("record", "is not", null)
              .forUpdate()
              .as("found"),
          )
          .whereRef("request_records.id", "=", "found.id")
          .whereRef("request_records.started_at_ms", "=", "found.started_at_ms")
          .returning("found.conversation_id")
          .execute();
        const { size } = new Set(removed.map(({ conversation_id }) => conversation_id));
        if (size > 0) await recordChange(tables, audited, size);
        return size;
      });
    },
  };
}

/** In steps, so that no connection is held while the reader takes its time. */
async function* exportRecords(database: Database, filter: SessionFilter): AsyncIterable<RecordedRequest> {
  const matches = filter.text === undefined ? () => true : createTextMatcher(filter.text);
  const newest = await database.read((tables) =>
    selectMatching(tables, filter).select("position").orderBy("position", "desc").limit(1).executeTakeFirst(),
  );
  let position = 0;
  while (newest !== undefined && position < newest.position) {
    const rows = await database.read((tables) =>
      selectMatching(tables, filter)
        .select(["position", "record", "request_body", "response_body"])
        .where("position", ">", position)
        .where("position", "<=", newest.position)
        .orderBy("position")
        .limit(exportedAtOnce)
        .execute(),
    );
    for (const row of rows) {
      const recorded = decodeRecorded(row);
      if (recorded !== null && matches(recorded)) yield recorded;
    }
    position = rows.at(-1)?.position ?? newest.position;
  }
}
