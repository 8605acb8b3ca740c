import { createManualClock } from "@copilot-llm/model/testing";
import { expect, it } from "vitest";
import { appendHalfHourly, halfHourlyNowMs, listKeptFiveMinutes } from "../../../testing/half-hourly-requests.js";
import { describeWithPostgres } from "../testing/describe-with-postgres.js";
import { withClient } from "../testing/start-postgres.js";

describeWithPostgres("statistics in PostgreSQL", (postgres) => {
  it("by five minutes go after a day, but for those within which a day begins somewhere, which stay for a week", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const stores = await postgres.openGateway(databaseUrl, { clock: createManualClock(halfHourlyNowMs) });
    await appendHalfHourly(stores.ledger);
    await stores.ledger.expire(0);
    const found = await withClient(databaseUrl.reveal(), (client) =>
      client.query<{ start_ms: string }>(
        "SELECT start_ms FROM statistics_cells WHERE dimension = 'model' AND span = '5m' ORDER BY start_ms",
      ),
    );
    expect(found.rows.map(({ start_ms }) => Number(start_ms))).toEqual(listKeptFiveMinutes());
  });
});
