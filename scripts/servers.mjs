// Starts the built programs as children of a script and stops them with it.
import { spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { repositoryRoot, SetupError } from "./toolchain.mjs";

/** Paths of the built programs. */
export const programs = {
  gateway: path.join(repositoryRoot, "apps/gateway/dist/main.js"),
  simulator: path.join(repositoryRoot, "packages/simulator/dist/main.js"),
};

const exitWithParent = pathToFileURL(path.join(import.meta.dirname, "exit-with-parent.mjs")).href;

/**
 * Starts a built program in a process group of its own, so that Ctrl-C reaches only the script, which then stops its servers in
 * order. Runs on this Node unless `node` says another. `exited` resolves with the exit code (1 when a signal ended it).
 */
export function startServer(program, { args = [], node = process.execPath, ...options }) {
  const child = spawn(node, ["--import", exitWithParent, program, ...args], { ...options, detached: true });
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => resolve(exitCode ?? 1));
  });
  return {
    child,
    exited,
    stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill("SIGTERM");
      return exited;
    },
  };
}

/** The first thing that `read` finds in a line that a server prints; throws when the server ends before. */
export async function printed(server, read) {
  const lines = createInterface({ input: server.child.stdout });
  const found = new Promise((resolve) => {
    lines.on("line", (line) => {
      const value = read(line);
      if (value !== undefined) resolve(value);
    });
  });
  const value = await Promise.race([found, server.exited.then(() => undefined)]);
  if (value === undefined) throw new SetupError("A server could not start; the reason is above.");
  return value;
}

/** The address in the line by which the gateway says that it listens. */
export function listeningUrl(line) {
  return line.includes('"listening"') ? JSON.parse(line).url : undefined;
}

/** Waits until a gateway on simulated tokens can serve. */
export async function waitUntilReady(url) {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if ((await fetch(`${url}/ready`)).ok) return;
    await sleep(100);
  }
  throw new SetupError("No simulated token became ready.");
}

/** Calls `stop` on the first Ctrl-C or SIGTERM, or when npm, which started the script, is gone; a second signal leaves at once. */
export async function onStopRequest(stop) {
  let asked = false;
  const ask = () => {
    if (asked) process.exit(1);
    asked = true;
    stop();
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  // npm hands a SIGTERM to its shell only. A script started without npm may outlive its parent on purpose (nohup).
  if (process.env.npm_lifecycle_event !== undefined) await import("./exit-with-parent.mjs");
}

/** Runs one program in the foreground until it ends; the script ends with its exit code. */
export async function runInForeground(program, options) {
  const server = startServer(program, { stdio: "inherit", ...options });
  await onStopRequest(() => server.stop());
  process.exitCode = await server.exited;
}
