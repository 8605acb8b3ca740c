import { startSimulator } from "@copilot-llm/simulator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
  withClient,
} from "../../packages/stores/src/postgres/testing/start-postgres.ts";
import { type Admin, signUp } from "../harness/admin.ts";
import { chatBody, githubTokenOf } from "../harness/serving.ts";
import { type Gateway, startGateway } from "../harness/start-gateway.ts";

const bin = findPostgres();

describe.skipIf(bin === null)("two gateways on one PostgreSQL database (apt-get install postgresql)", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres(bin ?? "");
  }, 60_000);
  afterAll(() => server.dispose());

  async function startTwo() {
    const simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
    const env = {
      DATABASE_URL: (await server.createDatabase()).reveal(),
      ENCRYPTION_KEY: "a passphrase of the tests",
      GITHUB_TOKENS: `alice=${githubTokenOf("alice")}`,
    };
    const a = await startGateway({ simulator, env });
    const admin = await signUp(a);
    const b = await startGateway({ simulator, env });
    await expect.poll(async () => (await fetch(`${a.url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    await expect.poll(async () => (await fetch(`${b.url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    const stop = async () => {
      await Promise.all([a.stop(), b.stop()]);
      await simulator.close();
    };
    const startAnother = () => startGateway({ simulator, env });
    return { a, b, admin, databaseUrl: env.DATABASE_URL, startAnother, stop };
  }

  function ask({ url }: Gateway, key: string, text: string): Promise<Response> {
    return fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(chatBody(text)),
    });
  }

  it("answers exactly 100 of 500 parallel requests against max_requests 100", async () => {
    const { a, b, admin, stop } = await startTwo();
    const { key } = await admin.createKey({ alias: "limited", max_requests: 100 });
    const answers = await Promise.all(
      Array.from({ length: 500 }, async (_, index) => {
        const answer = await ask(index % 2 === 0 ? a : b, key, `question ${index}`);
        await answer.arrayBuffer();
        return answer.status;
      }),
    );
    expect(answers.filter((status) => status === 200)).toHaveLength(100);
    expect(answers.filter((status) => status === 429)).toHaveLength(400);
    expect(await countedRequests(admin)).toBe(100);
    await stop();
  });

  it("has every answered request on record once, whichever gateway is killed and however PostgreSQL restarts", async () => {
    const two = await startTwo();
    const { key } = await two.admin.createKey({ alias: "loaded", max_requests: 100_000 });
    const gateways = [two.a, two.b];
    const answered: string[] = [];
    const failures: string[] = [];
    let isLoaded = true;
    async function load(worker: number): Promise<void> {
      for (let count = 0; isLoaded; count += 1) {
        const gateway = gateways[(worker + count) % 2] ?? two.b;
        try {
          const answer = await ask(gateway, key, `question ${worker} ${count}`);
          await answer.arrayBuffer();
          if (answer.status === 200) answered.push(answer.headers.get("x-request-id") ?? "");
          else failures.push(`${answer.status}`);
        } catch {
          // Nobody answered: a client tries again.
        }
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
    const more = (count: number) => {
      const wanted = answered.length + count;
      return expect.poll(() => answered.length, { timeout: 30_000 }).toBeGreaterThan(wanted);
    };
    const workers = Array.from({ length: 8 }, (_, worker) => load(worker));
    await more(100);
    await two.a.kill();
    await more(100);
    gateways[0] = await two.startAnother();
    await more(100);
    for (const mode of ["fast", "immediate"] as const) {
      await server.stop(mode);
      await server.start();
      await more(100);
    }
    isLoaded = false;
    await Promise.all(workers);
    expect(new Set(failures)).toEqual(failures.length === 0 ? new Set() : new Set(["503"]));
    const { rows } = await withClient(two.databaseUrl, (client) =>
      client.query<{ id: string; requests: number }>("SELECT id, charged_requests AS requests FROM request_records"),
    );
    const ids = new Set(rows.map(({ id }) => id));
    expect(ids.size).toBe(rows.length);
    expect(answered.filter((id) => !ids.has(id))).toEqual([]);
    const charged = rows.reduce((sum, { requests }) => sum + requests, 0);
    expect(await countedRequests(two.admin, gateways[0])).toBe(charged);
    await gateways[0].stop();
    await two.stop();
  }, 120_000);

  async function countedRequests(admin: Admin, gateway?: Gateway): Promise<number | undefined> {
    const answer =
      gateway === undefined
        ? await admin.request("GET", "/api/admin/api-keys")
        : await fetch(`${gateway.url}/api/admin/api-keys`, { headers: { authorization: `Bearer ${admin.token}` } });
    const { keys } = (await answer.json()) as { keys: { current_requests: number }[] };
    return keys[0]?.current_requests;
  }
});
