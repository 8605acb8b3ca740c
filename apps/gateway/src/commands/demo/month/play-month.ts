import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "@copilot-llm/model";
import type { Actor, Principal, Provider } from "@copilot-llm/provider";
import { type AccountOptions, type Simulator, startSimulator } from "@copilot-llm/simulator";
import type { Gateway } from "../../../start-gateway.js";
import { type Person, people, requestLimit } from "./people.js";
import { type PlannedRequest, planMonth } from "./plan-month.js";
import { createPlayedClock, type PlayedClock } from "./played-clock.js";
import { answerTo } from "./topics.js";

interface MonthOptions {
  readonly gateway: Pick<Gateway, "openBeside">;
  readonly accounts: readonly AccountOptions[];
  readonly nowMs: number;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** About what a request takes here, and by it how much time must be stretched. */
const usualMs = 12;
const readyAttempts = 300;
const readyIntervalMs = 100;
/** Between two requests, for whoever uses the demo meanwhile. */
const restMs = 4;
const actor: Actor = "demo";
const teamName = "Web (simulated)";
const teamSize = 3;

/**
 * Plays a month of requests until now: by a gateway of its own over the demo's stores, whose clock stands in the past, on
 * a simulator of its own. So figures and sessions come from the code that serves, and the pool that serves learns nothing
 * of it. Resolves with how many requests there were.
 */
export async function playMonth(options: MonthOptions): Promise<number> {
  const { gateway, accounts, nowMs, log, signal } = options;
  const planned = planMonth(nowMs);
  const clock = createPlayedClock(planned[0]?.atMs ?? nowMs);
  const simulator = await startSimulator({
    accounts,
    clock,
    answerTo,
    chunkDelayMs: 0,
    logResponses: false,
    maximumLoggedRequests: 10,
  });
  try {
    const { provider, close } = await gateway.openBeside({ clock, log, upstreamUrl: simulator.url });
    try {
      await waitUntilReady(provider, signal);
      const keys = await createKeys(provider);
      let played = 0;
      for (const request of planned) {
        if (signal.aborted) return played;
        await playRequest(request, { provider, simulator, clock, keys });
        played += 1;
        await sleep(restMs);
      }
      clock.set(nowMs, 1);
      await tightenLimits(provider, keys);
      await formTeam(provider, keys);
      return played;
    } finally {
      await close();
    }
  } finally {
    await simulator.close();
  }
}

async function waitUntilReady(provider: Provider, signal: AbortSignal): Promise<void> {
  for (let attempt = 0; attempt < readyAttempts && !signal.aborted; attempt += 1) {
    if (provider.listModels(null).some(({ id }) => id.startsWith("claude-"))) return;
    await sleep(readyIntervalMs);
  }
}

async function createKeys(provider: Provider): Promise<ReadonlyMap<Person, string>> {
  const keys = new Map<Person, string>();
  for (const person of people) {
    const { alias, limits } = person;
    const issued = await provider.keys.create(actor, { alias, limits });
    keys.set(person, issued.key.id);
  }
  return keys;
}

interface Stage {
  readonly provider: Provider;
  readonly simulator: Simulator;
  readonly clock: PlayedClock;
  readonly keys: ReadonlyMap<Person, string>;
}

async function playRequest({ atMs, person, body, durationMs, fault }: PlannedRequest, stage: Stage): Promise<void> {
  const { provider, simulator, clock, keys } = stage;
  clock.set(atMs, Math.max(1, durationMs / usualMs));
  if (fault !== null) simulator.faults.add({ name: fault, times: 1 });
  const principal: Principal = await provider.actAsKey(keys.get(person) ?? "");
  const answer = await provider.serve({
    requestId: provider.ids("req"),
    operation: "generate",
    protocol: person.protocol,
    principal,
    body: Buffer.from(JSON.stringify(body)),
    wireHeaders: {},
    pinnedTokenId: null,
    clientIp: "127.0.0.1",
    userAgent: person.userAgent,
    signal: new AbortController().signal,
  });
  if (answer.body instanceof Uint8Array) return;
  const stream = answer.body;
  await new Promise<void>((resolve) => {
    stream.start({ write: () => true, end: resolve, fail: () => resolve() });
  });
}

/** Limits that end where the month's requests do, so that a key near its limit can be looked at. */
async function tightenLimits(provider: Provider, keys: ReadonlyMap<Person, string>): Promise<void> {
  for (const [{ usedShare }, id] of keys) {
    if (usedShare === null) continue;
    const { usage } = await provider.keys.find(id);
    const mostRequests = Math.max(1, Math.round((usage?.month.requests ?? 0) / usedShare));
    await provider.keys.update(actor, id, { limits: requestLimit(mostRequests) });
  }
}

/** A team of the first few, whose limit leaves about a third. */
async function formTeam(provider: Provider, keys: ReadonlyMap<Person, string>): Promise<void> {
  const members = [...keys.values()].slice(0, teamSize);
  const views = await Promise.all(members.map((id) => provider.keys.find(id)));
  const used = views.reduce((sum, { usage }) => sum + (usage?.month.requests ?? 0), 0);
  const maxRequests = Math.ceil((used * 1.5) / 100) * 100;
  const { team } = await provider.teams.create(actor, {
    name: teamName,
    limits: { maxRequests, limitPeriod: "month" },
  });
  for (const id of members) await provider.keys.update(actor, id, { teamId: team.id });
}
