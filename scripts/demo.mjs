// npm run demo: installs, builds and starts the gateway against a simulated GitHub and Copilot, asks it one question, and prints how
// to go on. Its data lies in a temporary directory and goes with it.
import { randomBytes } from "node:crypto";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { listeningUrl, onStopRequest, printed, programs, startServer, waitUntilReady } from "./servers.mjs";
import { installAndBuild, repositoryRoot, runFrontDoor, SetupError } from "./toolchain.mjs";

const defaultPort = 8000;
const chatModel = "gpt-5-mini";
const messagesModel = "claude-sonnet-4.6";
const pooledAccounts = 3;

await runFrontDoor(async () => {
  await installAndBuild();
  const port = await choosePort();
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-demo-"));
  const servers = [];
  const stopAll = async () => {
    for (const server of servers.reverse()) await server.stop();
  };
  try {
    await onStopRequest(stopAll);
    const admin = { username: "admin", password: randomBytes(9).toString("base64url") };
    const simulator = startServer(programs.simulator, {
      args: ["--port", "0"],
      cwd: directory,
      stdio: ["ignore", "pipe", "inherit"],
    });
    servers.push(simulator);
    const simulatorUrl = await printed(simulator, (line) => /http:\/\/[^\s,]+/.exec(line)?.[0]);
    const gateway = startGateway(directory, { port, simulatorUrl, admin, tokens: await simulatedTokens() });
    servers.push(gateway);
    const url = await printed(gateway, listeningUrl);
    await waitUntilReady(url);
    const key = await createKey(url, admin);
    console.log("\nAsking the first question through the gateway, as a stream:\n");
    await askStreaming(url, key);
    console.log(instructions(url, admin, key));
    process.exitCode = await Promise.race(servers.map(({ exited }) => exited));
  } catch (error) {
    process.stderr.write(lastLines(path.join(directory, "gateway.log")));
    throw error;
  } finally {
    await stopAll();
    rmSync(directory, { recursive: true, force: true });
  }
});

/** PORT decides; without it the usual port, or any free one when that is taken. */
async function choosePort() {
  if (process.env.PORT) return process.env.PORT;
  if (await isFree(defaultPort)) return String(defaultPort);
  console.log(`Port ${defaultPort} is taken: the demo uses another one (PORT=… chooses).`);
  return "0";
}

function isFree(port) {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

async function simulatedTokens() {
  const { demoAccounts } = await import(path.join(repositoryRoot, "packages/simulator/dist/index.js"));
  return demoAccounts.slice(0, pooledAccounts).map(({ login, token }) => `${login}=${token}`);
}

/** The gateway with settings of its own: neither the caller's environment nor a `.env` may point the demo at the real service. */
function startGateway(directory, { port, simulatorUrl, admin, tokens }) {
  const gateway = startServer(programs.gateway, {
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      HOME: directory,
      HOST: process.env.HOST ?? "127.0.0.1",
      PORT: port,
      DATA_DIR: path.join(directory, "data"),
      COPILOT_API_URL: simulatorUrl,
      GITHUB_API_URL: simulatorUrl,
      GITHUB_TOKENS: tokens.join(","),
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
    },
  });
  gateway.child.stdout.pipe(createWriteStream(path.join(directory, "gateway.log")));
  return gateway;
}

async function createKey(url, admin) {
  const { token } = await postJson(`${url}/api/auth/login`, admin);
  const { key } = await postJson(`${url}/api/admin/api-keys`, { alias: "demo" }, { authorization: `Bearer ${token}` });
  return key;
}

async function postJson(url, body, headers = {}) {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new SetupError(`${url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

function question(text) {
  return { model: chatModel, stream: true, messages: [{ role: "user", content: text }] };
}

/** Prints the answer's text as it comes. */
async function askStreaming(url, key) {
  const response = await fetch(`${url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(question("Hello! Are you the real Copilot?")),
  });
  if (!response.ok)
    throw new SetupError(`The first question was answered ${response.status}: ${await response.text()}`);
  for await (const line of createInterface({ input: Readable.fromWeb(response.body) })) {
    if (line.startsWith("data: {")) process.stdout.write(JSON.parse(line.slice(6)).choices[0]?.delta?.content ?? "");
  }
  process.stdout.write("\n");
}

function instructions(url, admin, key) {
  const messages = { model: messagesModel, max_tokens: 100, messages: [{ role: "user", content: "Hello" }] };
  return `
All of this is simulated: a local program plays GitHub and Copilot, the answers are echoes, and nothing leaves this machine.
For the real service: GITHUB_TOKEN=… npm start

  Console   ${url}/   user ${admin.username}, password ${admin.password}
  Key       ${key}

  OpenAI, streaming:
    curl -N ${url}/openai/v1/chat/completions -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/json' -d '${JSON.stringify(question("Hello"))}'

  Anthropic:
    curl ${url}/anthropic/v1/messages -H 'x-api-key: ${key}' -H 'anthropic-version: 2023-06-01' -H 'Content-Type: application/json' -d '${JSON.stringify(messages)}'

Ctrl-C stops everything; the demo's data goes with it.`;
}

function lastLines(file) {
  try {
    return `${readFileSync(file, "utf8").trimEnd().split("\n").slice(-20).join("\n")}\n`;
  } catch {
    return "";
  }
}
