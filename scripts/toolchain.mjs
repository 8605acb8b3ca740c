// What every front door needs: a Node check, the pinned pnpm, install and build. No dependencies: it runs before the install.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

// Not import.meta.dirname: on a Node that is too old for it, the Node check below should have its say.
export const repositoryRoot = fileURLToPath(new URL("..", import.meta.url));

const rootPackage = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8"));
const pinnedPnpm = rootPackage.packageManager; // "pnpm@x.y.z"

const quietTools = {
  DO_NOT_TRACK: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  TURBO_TELEMETRY_DISABLED: "1",
  COREPACK_ENABLE_DOWNLOAD_PROMPT: "0",
  // `npm --silent` is about npm's own lines; pnpm would take it for itself and hide why it failed.
  npm_config_loglevel: undefined,
};

/** A failure that the user can act on: shown as one line, without a stack. */
export class SetupError extends Error {}

/** Runs a front door's body; a SetupError ends it with one line and exit code 1. */
export async function runFrontDoor(body) {
  try {
    requireNode();
    await body();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetupError(`Node ${process.versions.node} is too old: Copilot LLM Provider needs Node 20.19 or newer.`);
  }
}

/** Installs what the lockfile says and builds every package; quick when nothing changed. */
export async function installAndBuild() {
  await install();
  await build();
}

/** Installs exactly what the lockfile says. */
export async function install() {
  console.log(`Installing dependencies (${pinnedPnpm}) …`);
  await mustRun("Installing dependencies", ["install", "--frozen-lockfile", "--prefer-offline"]);
}

/** Builds every package and app; turbo skips what is built already. */
async function build() {
  console.log("Building …");
  await mustRun("The build", ["exec", "turbo", "run", "build", "--output-logs=new-only"]);
}

async function mustRun(what, args) {
  const exitCode = await runPnpm(args);
  if (exitCode !== 0) throw new SetupError(`${what} failed (exit code ${exitCode}); the reason is above.`);
}

/**
 * Runs the pinned pnpm in the repository: the one on PATH when it is that version, else through npx, which downloads it once.
 * Options and result as for `runCommand`.
 */
export function runPnpm(args, options = {}) {
  const [command, ...prefix] = pnpmCommand();
  return runCommand(command, [...prefix, ...args], options);
}

/** Runs the pinned pnpm in the repository and resolves with what it wrote to its standard output, whatever its exit code. */
export function readPnpm(args, timeoutMs) {
  const [command, ...prefix] = pnpmCommand();
  const child = spawn(command, [...prefix, ...args], {
    cwd: repositoryRoot,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, ...quietTools },
    timeout: timeoutMs,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(output));
  });
}

function pnpmCommand() {
  return isPinned("pnpm") ? ["pnpm"] : ["npx", "--yes", "--prefer-offline", pinnedPnpm];
}

/**
 * Runs a command, in the repository unless `cwd` says otherwise, with this terminal's output; a `quiet` one is heard only when it
 * fails, a `mute` one never. What it writes is also pushed to `written`, for a caller that quotes it. Resolves with its exit code.
 */
export function runCommand(
  command,
  args,
  { cwd = repositoryRoot, env = process.env, quiet = false, mute = false, written } = {},
) {
  const output = mute ? "ignore" : quiet || written !== undefined ? "pipe" : "inherit";
  const child = spawn(command, args, { cwd, stdio: ["ignore", output, output], env: { ...env, ...quietTools } });
  const chunks = [];
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ]) {
    from?.on("data", (chunk) => {
      if (quiet) chunks.push(chunk);
      else to.write(chunk);
      written?.push(chunk);
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      if (exitCode !== 0) process.stderr.write(Buffer.concat(chunks));
      resolve(exitCode ?? 1);
    });
  });
}

function isPinned(command) {
  // Asked outside the repository, where the pin cannot make another pnpm switch versions.
  const { stdout } = spawnSync(command, ["--version"], {
    cwd: tmpdir(),
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 10_000,
    env: { ...process.env, ...quietTools },
  });
  return stdout?.trim() === pinnedPnpm.slice("pnpm@".length);
}
