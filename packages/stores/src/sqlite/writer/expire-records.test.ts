import { expect, it } from "vitest";
import { appendHalfHourly, halfHourlyNowMs, listKeptFiveMinutes } from "../../../testing/half-hourly-requests.js";
import { databasePath, openLedger } from "../../../testing/open-ledger.js";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import { openDatabase } from "../driver/open-database.js";

it("five minutes go after a day, but for those within which a day begins somewhere, which stay for a week", async () => {
  const directory = await createTemporaryDirectory();
  const opened = await openLedger(directory);
  await appendHalfHourly(opened.ledger);
  opened.clock.advance(halfHourlyNowMs - opened.clock.nowMs());
  await opened.ledger.expire(0);
  await opened.close();
  const database = await openDatabase(databasePath(directory), { readOnly: true, busyTimeoutMs: 0 });
  for (const dimension of ["total", "model"]) {
    const found = database
      .prepare("SELECT start_ms FROM statistics_cells WHERE dimension = ? AND span = '5m' ORDER BY start_ms")
      .all<{ start_ms: number }>(dimension);
    expect(found.map(({ start_ms }) => start_ms)).toEqual(listKeptFiveMinutes());
  }
  database.close();
});
