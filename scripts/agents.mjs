// Claude Code and Codex CLI, headless, set up for a gateway as docs/clients.md says.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const runTimeoutMs = 180_000;

/**
 * Each agent: its npm package, the version that is tested, its program, how many requests it makes besides its work (a title for
 * the session), and `run`, which resolves with the exit code, everything printed, and what the agent said last; `failure` is null
 * unless the agent itself tells one.
 */
export const agents = [
  {
    name: "Claude Code",
    package: "@anthropic-ai/claude-code",
    version: "2.1.330",
    program: "claude",
    sideRequests: 0,
    run: runClaudeCode,
  },
  { name: "Codex CLI", package: "@openai/codex", version: "0.169.0", program: "codex", sideRequests: 0, run: runCodex },
  {
    name: "opencode",
    package: "opencode-ai",
    version: "1.18.33",
    program: "opencode",
    sideRequests: 1,
    run: runOpencode,
  },
];

async function runClaudeCode({ command, directory, home, url, key, model, prompt }) {
  const { exitCode, stdout, output } = await runAgent(command, {
    args: [
      "-p",
      prompt,
      ...["--model", model, "--output-format", "json", "--permission-mode", "acceptEdits"],
      ...["--allowedTools", "Write", "Edit", "Read", "Bash"],
    ],
    directory,
    env: {
      HOME: home,
      CLAUDE_CONFIG_DIR: path.join(home, ".claude"),
      CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
      CLAUDE_CODE_MAX_RETRIES: "1",
      ANTHROPIC_BASE_URL: `${url}/anthropic`,
      ANTHROPIC_API_KEY: key,
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

async function runCodex({ command, directory, home, url, key, model, prompt }) {
  const lastMessageFile = path.join(home, "last-message.txt");
  mkdirSync(path.join(home, ".codex"), { recursive: true });
  writeFileSync(path.join(home, ".codex", "config.toml"), codexConfig(url, model));
  writeFileSync(lastMessageFile, "");
  const { exitCode, stdout, output } = await runAgent(command, {
    args: [
      ...["exec", "--skip-git-repo-check", "--dangerously-bypass-approvals-and-sandbox", "--json"],
      ...["-o", lastMessageFile, prompt],
    ],
    directory,
    env: { HOME: home, CODEX_HOME: path.join(home, ".codex"), COPILOT_LLM_KEY: key },
  });
  const failed = stdout.split("\n").find((line) => /^\{"type":"(?:error|turn\.failed)"/.test(line));
  return { exitCode, output, failure: failed ?? null, lastMessage: readFileSync(lastMessageFile, "utf8") };
}

function codexConfig(url, model) {
  return `model = "${model}"
model_provider = "copilot-llm"
check_for_update_on_startup = false

[model_providers.copilot-llm]
name = "Copilot LLM Provider"
base_url = "${url}/openai/v1"
env_key = "COPILOT_LLM_KEY"
wire_api = "responses"
request_max_retries = 1
stream_max_retries = 1

[analytics]
enabled = false

[features]
plugins = false
apps = false
`;
}

async function runOpencode({ command, directory, home, url, key, model, prompt }) {
  writeFileSync(path.join(directory, "opencode.json"), opencodeConfig(url, key, model));
  const { exitCode, stdout, output } = await runAgent(command, {
    args: ["run", "--format", "json", "-m", `copilot-llm/${model}`, prompt],
    directory,
    env: { HOME: home, OPENCODE_DISABLE_MODELS_FETCH: "1", OPENCODE_DISABLE_AUTOUPDATE: "1" },
  });
  const events = stdout.split("\n").filter((line) => line.startsWith("{"));
  const failed = events.find((line) => /"type":"error"/.test(line));
  const said = events.map((line) => JSON.parse(line)).filter(({ type }) => type === "text");
  return { exitCode, output, failure: failed ?? null, lastMessage: said.at(-1)?.part.text ?? "" };
}

function opencodeConfig(url, key, model) {
  const options = { baseURL: `${url}/openai/v1`, apiKey: key };
  const provider = { npm: "@ai-sdk/openai-compatible", options, models: { [model]: { name: model } } };
  return JSON.stringify({
    enabled_providers: ["copilot-llm"],
    model: `copilot-llm/${model}`,
    small_model: `copilot-llm/${model}`,
    permission: { edit: "allow", bash: "allow" },
    provider: { "copilot-llm": provider },
  });
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
