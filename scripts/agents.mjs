// Coding agents, headless, each pointed at a gateway by `copilot-llm connect` and by nothing else.
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { programs } from "./servers.mjs";

const runTimeoutMs = 180_000;

/**
 * Each agent: its npm package, the version that is tested, its program, the client that `connect` knows it as, whether that client
 * is one with a settings file, how many requests it makes besides its work (a title for the session), the `variables` to set besides
 * (an agent of many protocols is told to speak this one on every model), and `run`, which resolves with the exit code, everything
 * printed, and what the agent said last; `failure` is null unless the agent itself tells one.
 */
export const agents = [
  {
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    version: "2.1.332",
    program: "claude",
    client: "claude-code",
    isWritten: true,
    sideRequests: 0,
    run: runClaudeCode,
  },
  {
    name: "Codex CLI",
    package: "@openai/codex",
    version: "0.171.0",
    program: "codex",
    client: "codex",
    isWritten: true,
    sideRequests: 0,
    run: runCodex,
  },
  {
    name: "opencode",
    package: "opencode-ai",
    version: "1.18.33",
    program: "opencode",
    client: "opencode",
    isWritten: true,
    sideRequests: 1,
    run: runOpencode,
  },
  {
    name: "Copilot CLI",
    package: "@github/copilot",
    version: "1.0.102",
    program: "copilot",
    client: "copilot",
    isWritten: false,
    sideRequests: 0,
    run: runCopilot,
  },
  ...[
    { wire: "Chat", type: "openai", prefix: "/openai/v1", api: "completions" },
    { wire: "Responses", type: "openai", prefix: "/openai/v1", api: "responses" },
    { wire: "Messages", type: "anthropic", prefix: "/anthropic", api: "" },
  ].map(({ wire, type, prefix, api }) => ({
    name: `Copilot CLI, ${wire}`,
    package: "@github/copilot",
    version: "1.0.102",
    program: "copilot",
    client: "copilot",
    isWritten: false,
    sideRequests: 0,
    variables: (url) => ({
      COPILOT_PROVIDER_TYPE: type,
      COPILOT_PROVIDER_BASE_URL: `${url}${prefix}`,
      COPILOT_PROVIDER_WIRE_API: api,
    }),
    run: runCopilot,
  })),
  {
    name: "qwen-code",
    package: "@qwen-code/qwen-code",
    version: "0.24.4",
    program: "qwen",
    client: "qwen",
    isWritten: true,
    sideRequests: 0,
    run: runQwen,
  },
];

/** What the agent is given by `copilot-llm connect`: its files below `home`, and the variables, if it takes any. */
export async function connect(
  { client, isWritten, variables: extra = () => ({}) },
  { directory, home, url, key, model },
) {
  const args = ["connect", client, "--url", url, "--model", model, "--json", ...(isWritten ? ["--write"] : [])];
  const env = { HOME: home, COPILOT_LLM_KEY: key };
  const { exitCode, stdout, output } = await runAgent(process.execPath, {
    args: [programs.gateway, ...args],
    directory,
    env,
  });
  if (exitCode !== 0) throw new Error(`copilot-llm ${args.join(" ")} failed: ${output}`);
  const { places } = JSON.parse(stdout);
  const given = places.filter(({ alternative }) => !alternative).map(({ variables = {} }) => variables);
  return Object.assign({}, ...given, extra(url));
}

async function runClaudeCode({ command, directory, home, variables, prompt }) {
  const { exitCode, stdout, output } = await runAgent(command, {
    args: [
      ...["-p", prompt, "--output-format", "json", "--permission-mode", "acceptEdits"],
      ...["--allowedTools", "Write", "Edit", "Read", "Bash"],
    ],
    directory,
    env: {
      HOME: home,
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      ...variables,
    },
  });
  const result = parseResult(stdout);
  const failure =
    result.subtype === "success" && result.is_error === false ? null : `${result.subtype}: ${result.result}`;
  return { exitCode, output, failure, lastMessage: String(result.result) };
}

function parseResult(stdout) {
  try {
    return JSON.parse(stdout);
  } catch {
    return { subtype: "no result", result: stdout };
  }
}

async function runCodex({ command, directory, home, variables, prompt }) {
  const lastMessageFile = path.join(home, "last-message.txt");
  writeFileSync(lastMessageFile, "");
  const quiet = ["check_for_update_on_startup=false", "analytics.enabled=false", "features.plugins=false"];
  const { exitCode, stdout, output } = await runAgent(command, {
    args: [
      ...["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "--json"],
      ...[...quiet, "features.apps=false"].flatMap((setting) => ["-c", setting]),
      ...["-o", lastMessageFile, prompt],
    ],
    directory,
    env: { HOME: home, ...variables },
  });
  const failed = stdout.split("\n").find((line) => /^\{"type":"(?:error|turn\.failed)"/.test(line));
  return { exitCode, output, failure: failed ?? null, lastMessage: readFileSync(lastMessageFile, "utf8") };
}

async function runOpencode({ command, directory, home, variables, prompt }) {
  const { exitCode, stdout, output } = await runAgent(command, {
    args: ["run", "--format", "json", prompt],
    directory,
    env: {
      HOME: home,
      OPENCODE_DISABLE_MODELS_FETCH: "1",
      OPENCODE_DISABLE_AUTOUPDATE: "1",
      OPENCODE_CONFIG_CONTENT: JSON.stringify({ permission: { edit: "allow", bash: "allow" } }),
      ...variables,
    },
  });
  const events = stdout.split("\n").filter((line) => line.startsWith("{"));
  const failed = events.find((line) => /"type":"error"/.test(line));
  const said = events.map((line) => JSON.parse(line)).filter(({ type }) => type === "text");
  return { exitCode, output, failure: failed ?? null, lastMessage: said.at(-1)?.part.text ?? "" };
}

async function runCopilot({ command, directory, home, variables, prompt }) {
  const { exitCode, stdout, output } = await runAgent(command, {
    args: ["-p", prompt, "--allow-all-tools", "--no-auto-update", "--silent"],
    directory,
    env: { HOME: home, ...variables },
  });
  return { exitCode, output, failure: null, lastMessage: stdout };
}

async function runQwen({ command, directory, home, variables, prompt }) {
  const { exitCode, stdout, output } = await runAgent(command, {
    args: ["-p", prompt, "--yolo"],
    directory,
    env: { HOME: home, ...variables },
  });
  return { exitCode, output, failure: null, lastMessage: stdout };
}

/** Runs an agent with nothing of the caller's environment but PATH; ends it after three minutes. */
function runAgent(command, { args, directory, env }) {
  const child = spawn(command, args, {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env.PATH, ...env },
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), runTimeoutMs);
  const stdout = [];
  const output = [];
  child.stdout.on("data", (chunk) => {
    stdout.push(chunk);
    output.push(chunk);
  });
  child.stderr.on("data", (chunk) => output.push(chunk));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      clearTimeout(timer);
      resolve({ exitCode, stdout: Buffer.concat(stdout).toString(), output: Buffer.concat(output).toString() });
    });
  });
}
