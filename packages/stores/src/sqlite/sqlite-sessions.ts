import type { RecordedRequest } from "../interfaces/ledger.js";
import type { SessionFilter, Sessions } from "../interfaces/sessions.js";
import type { LedgerThreads } from "./ledger-threads.js";

/** Sessions as the reading thread finds them. */
export function createSessions(threads: LedgerThreads): Sessions {
  return {
    list: (query) => threads.read("listSessions", query),
    find: (id) => threads.read("findSession", { id }),
    listRequests: (query) => threads.read("listRequests", query),
    filterOptions: () => threads.readCounted("filterOptions", null),
    withOpening: (opening, limit) => threads.read("withOpening", { opening, limit }),
    export: (filter) => exportRecords(threads, filter),
    remove: (ids, audited) =>
      threads.alone(async () => {
        const found = await threads.write("findConversations", { ids });
        if (found.length === 0) return 0;
        const event = audited === null ? null : audited(found.length);
        await threads.write("removeConversations", { ids: found, event });
        await threads.emptyLog();
        return found.length;
      }),
  };
}

async function* exportRecords(threads: LedgerThreads, filter: SessionFilter): AsyncIterable<RecordedRequest> {
  const through = await threads.read("lastPosition", null);
  for (let after: number | null = 0; after !== null; ) {
    const part: Awaited<ReturnType<typeof readPart>> = await readPart(threads, filter, after, through);
    yield* part.recorded;
    after = part.after;
  }
}

function readPart(threads: LedgerThreads, filter: SessionFilter, after: number, through: number) {
  return threads.read("exportPart", { filter, after, through });
}
