import type { Log } from "@copilot-llm/model";
import { type AccountOptions, demoAccounts, type Simulator } from "@copilot-llm/simulator";
import type { Gateway } from "../../start-gateway.js";
import type { CommandContext } from "../command-context.js";
import type { DemoClient } from "./demo-client.js";
import { chatRequest } from "./demo-text.js";
import { playMonth } from "./month/play-month.js";

interface FillOptions {
  readonly context: CommandContext;
  readonly gateway: Gateway;
  readonly client: DemoClient;
  readonly key: string;
  readonly simulator: Simulator;
  readonly log: Log;
  readonly signal: AbortSignal;
}

const resting: AccountOptions = { token: "gho_demo_grace_resting", login: "grace", plan: "business", used: 188 };
const refused: AccountOptions = { token: "gho_demo_frank_revoked", login: "frank", standing: "revoked" };
const restSeconds = 45 * 60;

/**
 * Gives whoever opens the console something to look at: a month of requests, and tokens that cannot serve. Begins when the
 * demo answers already. Never rejects: the demo does without it.
 */
export async function fillConsole({
  context,
  gateway,
  client,
  key,
  simulator,
  log,
  signal,
}: FillOptions): Promise<void> {
  try {
    const nowMs = context.clock.nowMs();
    const count = await playMonth({ gateway, accounts: demoAccounts, nowMs, log, signal });
    if (signal.aborted) return;
    // What is left of a quota, and until when, comes with an answer.
    for (const id of await client.tokenIds()) await ask(gateway.url, key, id);
    simulator.addAccount(refused);
    await client.addToken(refused.login, refused.token);
    await addRestingToken(gateway.url, client, key, simulator);
    await client.invite("Lena (simulated)");
    context.print(`\nThe console now shows a simulated month: ${count} requests that nobody made.\n`);
  } catch (error) {
    if (!signal.aborted) log.error("the simulated month is not complete", { error });
  }
}

/** A token that GitHub has asked to wait. */
async function addRestingToken(url: string, client: DemoClient, key: string, simulator: Simulator): Promise<void> {
  simulator.addAccount(resting);
  const id = await client.addToken(resting.login, resting.token);
  simulator.faults.add({
    name: "user-global-rate-limited",
    account: resting.login,
    retryAfterSeconds: restSeconds,
    times: 1,
  });
  await ask(url, key, id);
}

/** One free request to one token, whatever becomes of it. */
async function ask(url: string, key: string, tokenId: string): Promise<void> {
  const response = await fetch(`${url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}`, "x-github-token-id": tokenId },
    body: JSON.stringify(chatRequest("Are you there?")),
  });
  await response.text();
}
