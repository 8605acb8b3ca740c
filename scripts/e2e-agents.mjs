// pnpm e2e:agents: the coding agents that people use write a file and read it back, through the built gateway, on models of every
// kind that a simulated Copilot offers; and they do what they should where it is refused. The agents are installed from npm into a temporary directory; AGENTS_DIR names one to keep.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createUsedUpKey, tryTooLong, tryUsedUpKey } from "./agent-refusals.mjs";
import { agents, connect } from "./agents.mjs";
import { listeningUrl, onStopRequest, printed, programs, startServer, waitUntilReady } from "./servers.mjs";
import { installAndBuild, repositoryRoot, runCommand, runFrontDoor } from "./toolchain.mjs";

// Codex gives its tools in other forms (free text, namespaces, inside the input) to models with names like the last.
const namedModel = "gpt-5.6-sol";
const models = [
  { id: "claude-sonnet-4.6", kind: "Claude" },
  { id: "gpt-4.1", kind: "GPT, chat only" },
  { id: "gpt-5.3-codex", kind: "GPT, responses only" },
  { id: namedModel, kind: "GPT, chat only" },
];
const login = "agents";
const githubToken = `github_pat_${login.padEnd(40, "0")}`;
const key = "e2e-agents-key";
const admin = { username: "admin", password: `${key}-admin` };
const content = "Written by an agent, 4711.";

await runFrontDoor(async () => {
  await installAndBuild();
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-agents-"));
  const simulator = await startCopilot();
  const gateway = startGateway(path.join(directory, "gateway"), simulator.url);
  try {
    await onStopRequest(() => gateway.stop());
    const url = await printed(gateway, listeningUrl);
    await waitUntilReady(url);
    const usedUpKey = await createUsedUpKey(url, admin);
    let failed = 0;
    for (const agent of agents) {
      const command = await install(agent, process.env.AGENTS_DIR ?? path.join(directory, "agents"));
      for (const model of models) {
        if (command === null) console.log(`skipped  ${label(agent, model)}  ${agent.package} could not be installed`);
        else if (!(await report(agent, model, { command, directory, url, simulator }))) failed += 1;
      }
      if (command === null) continue;
      const place = { command, directory, url, gateway, simulator, key, usedUpKey };
      if (!(await reportRefusal(agent, "with a used-up key", () => tryUsedUpKey(agent, place)))) failed += 1;
      if (agent.client !== "claude-code") continue;
      if (!(await reportRefusal(agent, "with a prompt that is too long", () => tryTooLong(agent, place)))) failed += 1;
    }
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await gateway.stop();
    await simulator.close();
    rmSync(directory, { recursive: true, force: true });
  }
});

async function startCopilot() {
  const { createModel, defaultCatalogue, startSimulator } = await import(
    path.join(repositoryRoot, "packages/simulator/dist/index.js")
  );
  const named = createModel({
    id: namedModel,
    name: "GPT-5.6",
    vendor: "openai",
    endpoints: ["/chat/completions"],
    contextTokens: 400_000,
    maxPromptTokens: 272_000,
    maxOutputTokens: 128_000,
    vision: true,
    multiplier: 1,
  });
  return startSimulator({ accounts: [{ login, token: githubToken }], models: [...defaultCatalogue, named] });
}

function startGateway(home, upstreamUrl) {
  mkdirSync(home);
  return startServer(programs.gateway, {
    cwd: home,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      PATH: process.env.PATH,
      HOME: home,
      PORT: "0",
      DATA_DIR: path.join(home, "data"),
      COPILOT_API_URL: upstreamUrl,
      GITHUB_API_URL: upstreamUrl,
      GITHUB_TOKENS: `${login}=${githubToken}`,
      API_KEY: key,
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
    },
  });
}

/** The agent's program, installed unless it is there already; null when that is not possible here. */
async function install(agent, prefix) {
  const command = path.join(prefix, "node_modules/.bin", agent.program);
  const asked = `${agent.package}@${agent.version}`;
  const mark = path.join(prefix, `${agent.program}.version`);
  if (!existsSync(mark) || readFileSync(mark, "utf8") !== asked) {
    console.log(`Installing ${asked} …`);
    mkdirSync(prefix, { recursive: true });
    const args = [
      "install",
      "--prefix",
      prefix,
      "--no-audit",
      "--no-fund",
      "--fetch-retries=1",
      "--loglevel=error",
      asked,
    ];
    if ((await runCommand("npm", args, { cwd: prefix, quiet: true })) !== 0) return null;
    writeFileSync(mark, asked);
  }
  return (await runCommand(command, ["--version"], { cwd: prefix, quiet: true })) === 0 ? command : null;
}

/** Runs the agent on the model and prints one line; true when it did its work. */
async function report(agent, model, { command, directory, url, simulator }) {
  const place = mkdtempSync(path.join(directory, `${agent.program}-`));
  const work = path.join(place, "work");
  const home = path.join(place, "home");
  mkdirSync(work);
  mkdirSync(home);
  const file = path.join(work, "notes.txt");
  const prompt = `create the file ${file} containing exactly ${content}\nThen read it back and say what it contains.`;
  simulator.requests.clear();
  const startedMs = performance.now();
  const variables = await connect(agent, { directory: work, home, url, key, model: model.id });
  const run = await agent.run({ command, directory: work, home, variables, prompt });
  const problems = findProblems(agent, run, file, simulator.requests.all());
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const outcome = problems.length === 0 ? "ok      " : "FAILED  ";
  console.log(`${outcome} ${label(agent, model)}  ${seconds} s  ${problems.join("; ")}`);
  if (problems.length > 0) console.log(run.output.slice(-4_000));
  return problems.length === 0;
}

/** Runs the agent where it is refused and prints one line; true when it did what it should. */
async function reportRefusal(agent, what, attempt) {
  const startedMs = performance.now();
  const { run, problems } = await attempt();
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  const outcome = problems.length === 0 ? "ok      " : "FAILED  ";
  console.log(
    `${outcome} ${`${agent.name} ${agent.version}`.padEnd(19)}  ${what.padEnd(38)}  ${seconds} s  ${problems.join("; ")}`,
  );
  if (problems.length > 0) console.log(run.output.slice(-4_000));
  return problems.length === 0;
}

function label(agent, model) {
  return `${`${agent.name} ${agent.version}`.padEnd(19)}  ${`${model.id} (${model.kind})`.padEnd(38)}`;
}

/** The work takes three requests: the call that writes, the call that reads, the end. Only the first is the user's turn. */
function findProblems(agent, { exitCode, failure, lastMessage }, file, requests) {
  const asked = requests.filter(({ path: asking }) => /\/(?:chat\/completions|responses|messages)$/.test(asking));
  const refused = asked.filter(({ status }) => status !== 200);
  const written = existsSync(file) ? readFileSync(file, "utf8").trimEnd() : null;
  return [
    exitCode === 0 ? null : `exit code ${exitCode}`,
    failure,
    written === content ? null : `the file holds ${JSON.stringify(written)}`,
    lastMessage.includes(content) ? null : `the last message was ${JSON.stringify(lastMessage)}`,
    asked.length === 3 + agent.sideRequests ? null : `${asked.length} requests instead of ${3 + agent.sideRequests}`,
    refused.length === 0 ? null : `the service refused ${refused.length} requests`,
    billedAsUser(asked) === 1 + agent.sideRequests ? null : `${billedAsUser(asked)} requests were billed as the user's`,
  ].filter((problem) => problem !== null);
}

function billedAsUser(requests) {
  return requests.filter(({ headers }) => headers["x-initiator"] === "user").length;
}
