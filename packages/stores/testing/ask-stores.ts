import type { RecordedRequest } from "../src/interfaces/ledger.js";
import type { StatisticsGrouping } from "../src/interfaces/statistics.js";
import type { Stores } from "../src/interfaces/stores.js";
import { filledFromMs, filledKeyIds, filledRequestId, filledRequests, filledTokenIds } from "./fill-data-directory.js";

const dayMs = 86_400_000;
const groupings: readonly StatisticsGrouping[] = ["model", "key", "token", "day", "hour"];

/** Everything that stores filled by `fillDataDirectory` tell, as plain values: the same from any of them. */
export async function askStores(stores: Stores) {
  const { tokens, keys, users, settings, audit, ledger, sessions, statistics } = stores;
  const ids = Array.from({ length: filledRequests }, (_, index) => filledRequestId(index));
  const page = await sessions.list({ limit: 1000 });
  return {
    tokens: (await tokens.list()).map((token) => ({ ...token, secret: token.secret?.reveal() ?? null })),
    keys: await keys.list(),
    keyByHash: await keys.findByHash("hash of team"),
    users: await users.list(),
    signedIn: await users.findSession("hash of ada", filledFromMs),
    settings: await settings.read(),
    audit: await audit.list({ limit: 100 }),
    usage: await Promise.all([1, 2, 3].map((day) => ledger.usageByKey(filledKeyIds, filledFromMs + day * dayMs - 1))),
    totals: await ledger.totalsByToken(filledTokenIds),
    records: await Promise.all(ids.map(async (id) => toPlain(await ledger.findRecord(id)))),
    exported: await toArray(sessions.export({})),
    sessions: page.sessions,
    session: await sessions.find("conversation 4"),
    searched: (await sessions.list({ limit: 1000, text: "Say it again" })).sessions,
    slow: (await sessions.listRequests({ limit: 1000, minDurationMs: 2_500 })).requests.map(({ id }) => id),
    filterOptions: await sessions.filterOptions(),
    statistics: await Promise.all(
      groupings.flatMap((groupBy) => [
        statistics.report({ fromMs: 0, toMs: filledFromMs + 10 * dayMs, groupBy }),
        statistics.report({ fromMs: filledFromMs + dayMs / 2, toMs: filledFromMs + 1.75 * dayMs, groupBy }),
      ]),
    ),
  };
}

/** As `askStores`, of batches and files. */
export async function askBatches({ files, batches }: Stores) {
  const listed = await files.list({ ownerId: "key_team", limit: 10, order: "asc" });
  const found = await batches.list({ ownerId: null, limit: 10 });
  const query = { afterIndex: null, limit: 10, maxBytes: 1 << 20 };
  return {
    files: await Promise.all(
      listed.map(async (file) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of files.read(file.id, null)) chunks.push(chunk);
        return { file, content: Buffer.concat(chunks).toString() };
      }),
    ),
    batches: await Promise.all(
      found.map(async (batch) => ({
        batch,
        items: (await batches.results(batch.id, query)).map((item) => ({
          ...item,
          answer: item.answer && Buffer.from(item.answer).toString(),
        })),
      })),
    ),
  };
}

function toPlain(recorded: RecordedRequest | null) {
  if (recorded === null) return null;
  const { record, bodies } = recorded;
  return { record, bodies: bodies && [bodies.request, bodies.response].map((body) => Buffer.from(body).toString()) };
}

async function toArray(exported: AsyncIterable<RecordedRequest>) {
  const all: ReturnType<typeof toPlain>[] = [];
  for await (const recorded of exported) all.push(toPlain(recorded));
  return all;
}
