import { expect, it } from "vitest";
import { chatBody } from "../testing/serving.ts";
import { describeWithPostgres } from "./describe-with-postgres.ts";
import { exportRecords } from "./exported-records.ts";
import { isNginxInstalled, startNginx } from "./start-nginx.ts";
import { startTwoGateways } from "./start-two-gateways.ts";

const title = "two gateways behind nginx as documented";

describeWithPostgres(isNginxInstalled ? title : `${title} (skipped: apt-get install nginx)`, (server) => {
  it.skipIf(!isNginxInstalled)(
    "stream event by event, know the client's address, and serve on when one of them dies",
    async () => {
      const { admin, gateways } = await startTwoGateways(server(), { TRUST_PROXY: "127.0.0.1" });
      const { key } = await admin.createKey({ alias: "team" });
      const url = await startNginx([gateways[0].url, gateways[1].url]);
      const send = (body: unknown, signal?: AbortSignal) =>
        fetch(`${url}/openai/v1/chat/completions`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${key}`,
            "content-type": "application/json",
            "x-forwarded-for": "203.0.113.9",
          },
          body: JSON.stringify(body),
          ...(signal === undefined ? {} : { signal }),
        });

      // What has been sent arrives although the rest is not there for a long time.
      const abort = new AbortController();
      const stream = await send(chatBody("sim: long 20\nsim: silence 2 120000", { stream: true }), abort.signal);
      const first = await stream.body?.getReader().read();
      expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^data: \{/);
      abort.abort();
      // The gateway sees at once that the client is gone.
      const records = () => exportRecords(gateways[1], admin.token);
      await expect.poll(records, { timeout: 10_000 }).toMatchObject([{ client_ip: "203.0.113.9", stream: true }]);

      await gateways[0].kill();
      for (let index = 0; index < 20; index += 1) {
        const answer = await send(chatBody(`question ${index}`));
        await answer.text();
        expect(answer.status).toBe(200);
      }
      expect((await fetch(`${url}/api/auth/status`)).status).toBe(200);
      expect((await fetch(`${url}/metrics`)).status).toBe(404);
    },
  );
});
