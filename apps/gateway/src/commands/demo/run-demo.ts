import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { GatewayError } from "@copilot-llm/model";
import { demoAccounts, type Simulator, startSimulator } from "@copilot-llm/simulator";
import { createLog } from "../../create-log.js";
import type { Environment } from "../../env/gateway-settings.js";
import { parseGatewaySettings } from "../../env/parse-gateway-settings.js";
import { type Gateway, startGateway } from "../../start-gateway.js";
import type { CommandContext } from "../command-context.js";
import { type DemoAdmin, DemoClient, post } from "./demo-client.js";
import { chatRequest, encodeDemoText } from "./demo-text.js";
import { fillConsole } from "./fill-console.js";

const usualPort = 8000;
const pooledAccounts = 3;
const readyAttempts = 300;
const readyIntervalMs = 100;
const chunkDelayMs = 15;

/**
 * Starts the gateway on a simulated GitHub and Copilot in this process, asks it one question, prints how to go on, and runs until it
 * is asked to stop. Its data lies in a temporary directory and goes with it. `consoleDir` null: where the gateway itself looks.
 */
export async function runDemo(context: CommandContext, consoleDir: string | null): Promise<void> {
  const directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-demo-"));
  const logFile = createWriteStream(path.join(directory, "gateway.log"));
  const stopped = new Promise<void>((resolve) => context.onStop(resolve));
  const running: { stop(): Promise<void> }[] = [];
  try {
    const admin = { username: "admin", password: randomText(context, 9) };
    const simulator = await startSimulator({ accounts: demoAccounts, chunkDelayMs });
    running.push({ stop: () => simulator.close() });
    const settings = { ...demoSettings(context, simulator, admin, directory), ...(await choosePort(context)) };
    const log = createLog("info", logFile);
    const gateway = await startGateway(
      { ...parseGatewaySettings(settings), consoleDir },
      { PATH: context.environment.PATH, HOME: directory },
      log,
    );
    running.push(gateway);
    await waitUntilReady(gateway);
    const client = await DemoClient.signIn(gateway.url, admin);
    const key = await client.createKey("demo");
    context.print("\nAsking the first question through the gateway, as a stream:\n\n");
    await askStreaming(gateway, key, context);
    context.print(`${encodeDemoText(gateway.url, admin, key)}\n`);
    const filling = new AbortController();
    const filled = fillConsole({ context, gateway, client, key, simulator, log, signal: filling.signal });
    running.push({ stop: () => filled });
    await stopped;
    filling.abort();
  } finally {
    for (const { stop } of running.reverse()) await stop();
    logFile.destroy();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Settings of its own: neither the caller's environment nor a `.env` may point the demo at the real service. */
function demoSettings(context: CommandContext, simulator: Simulator, admin: DemoAdmin, directory: string): Environment {
  const tokens = demoAccounts.slice(0, pooledAccounts).map(({ login, token }) => `${login}=${token}`);
  return {
    HOST: context.environment.HOST ?? "127.0.0.1",
    DATA_DIR: path.join(directory, "data"),
    COPILOT_API_URL: simulator.url,
    GITHUB_API_URL: simulator.url,
    GITHUB_TOKENS: tokens.join(","),
    ADMIN_USERNAME: admin.username,
    ADMIN_PASSWORD: admin.password,
    DRAIN_TIMEOUT: "2s",
  };
}

/** PORT decides; without it the usual port, or any free one when that is taken. */
async function choosePort({ environment, report }: CommandContext): Promise<{ readonly PORT: string }> {
  if (environment.PORT !== undefined && environment.PORT !== "") return { PORT: environment.PORT };
  if (await isFree(usualPort)) return { PORT: String(usualPort) };
  report(`Port ${usualPort} is taken: the demo uses another one (PORT=… chooses).\n`);
  return { PORT: "0" };
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

function randomText({ randomness }: CommandContext, bytes: number): string {
  return Buffer.from(randomness.bytes(bytes)).toString("base64url");
}

async function waitUntilReady({ url }: Gateway): Promise<void> {
  for (let attempt = 0; attempt < readyAttempts; attempt += 1) {
    if ((await fetch(`${url}/ready`)).ok) return;
    await sleep(readyIntervalMs);
  }
  throw new GatewayError("unavailable", "No simulated token became ready.");
}

/** Prints the answer's text as it comes. */
async function askStreaming({ url }: Gateway, key: string, { print }: CommandContext): Promise<void> {
  const authorization = `Bearer ${key}`;
  const question = chatRequest("Hello! Are you the real Copilot?");
  const { body } = await post(`${url}/openai/v1/chat/completions`, question, { authorization });
  if (body === null) return;
  for await (const line of createInterface({ input: Readable.fromWeb(body) })) {
    if (!line.startsWith("data: {")) continue;
    const chunk = JSON.parse(line.slice("data: ".length)) as { choices: { delta?: { content?: string } }[] };
    print(chunk.choices[0]?.delta?.content ?? "");
  }
  print("\n");
}
