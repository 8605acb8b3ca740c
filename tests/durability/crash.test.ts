import path from "node:path";
import type { ApiKeyList } from "@copilot-llm/gateway/admin-api";
import { startSimulator } from "@copilot-llm/simulator";
import { expect, it, onTestFinished, vi } from "vitest";
import { signUp } from "../testing/admin.ts";
import { chatBody, githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { exportRecords } from "./exported-records.ts";
import { startLoad } from "./start-load.ts";

/** `pnpm e2e:crash` kills more often, and holds every start to two seconds: it is run on a machine that does nothing else. */
const kills = Number(process.env.CRASH_KILLS ?? 8);
const longestStartMs = Number(process.env.CRASH_LONGEST_START_MS ?? Number.POSITIVE_INFINITY);

it(`every answer that a client has got is on record exactly once after each of ${kills} SIGKILLs under load`, {
  timeout: 60_000 + kills * 10_000,
}, async () => {
  const simulator = await startSimulator({
    accounts: [{ login: "alice", token: githubTokenOf("alice") }],
    logResponses: false,
    maximumLoggedRequests: 1,
  });
  onTestFinished(() => simulator.close());
  const dataDir = path.join(temporaryDirectory(), "data");
  let gateway: Gateway | undefined;
  onTestFinished(async () => void (await gateway?.stop()));
  const startsMs: number[] = [];
  const start = async (): Promise<Gateway> => {
    const beganMs = performance.now();
    gateway = await startGateway({ simulator, dataDir });
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
    startsMs.push(Math.round(performance.now() - beganMs));
    return gateway;
  };

  const first = await start();
  const admin = await signUp(first);
  await admin.addToken("alice", githubTokenOf("alice"));
  const key = await admin.createKey({ alias: "load", max_requests: 1_000_000 });
  const keyUsage = async ({ url }: Gateway) => {
    const headers = { authorization: `Bearer ${admin.token}` };
    const { keys } = (await (await fetch(`${url}/api/admin/api-keys`, { headers })).json()) as ApiKeyList;
    return keys[0]?.current_requests;
  };

  const answered: string[] = [];
  let broken = 0;
  let current = first;
  for (let kill = 0; kill < kills; kill += 1) {
    const { url } = current;
    await expect.poll(async () => (await fetch(`${url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    const load = startLoad({ nextUrl: () => url, key: key.key, perSecond: 200 });
    // It would take minutes, so that every kill meets an answer under way.
    const unending = await fetch(`${url}/openai/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key.key}`, "content-type": "application/json" },
      body: JSON.stringify(chatBody("sim: long 5000\nsim: delay 100", { stream: true })),
    });
    expect(unending.status).toBe(200);
    // A different moment each time.
    const enough = 1 + ((kill * 61) % 150);
    await vi.waitUntil(() => load.answered.length >= enough, { timeout: 20_000, interval: 1 });
    await current.kill();
    await load.stop();
    expect(await unending.text().catch(() => "cut")).not.toContain("[DONE]");
    expect(load.refusals).toEqual([]);
    answered.push(...load.answered);
    broken += load.broken();

    current = await start();
    const records = await exportRecords(current, admin.token);
    const ids = records.map(({ id }) => id);
    const recorded = new Set(ids);
    expect(recorded.size).toBe(ids.length);
    expect(answered.filter((id) => !recorded.has(id))).toEqual([]);
    expect(records.filter(({ outcome }) => outcome !== "completed")).toEqual([]);
    expect(records.filter(({ request, response }) => request === null || response === null)).toEqual([]);
    expect(await keyUsage(current)).toBe(ids.length);
  }
  expect(new Set(answered).size).toBe(answered.length);
  expect(Math.max(...startsMs)).toBeLessThan(longestStartMs);
  console.info(`${answered.length} answered, ${broken} cut; starts took up to ${Math.max(...startsMs)} ms.`);
});
