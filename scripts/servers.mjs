// Starts the built programs as children of a script and stops them with it.
import { spawn } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { repositoryRoot } from "./toolchain.mjs";

/** Paths of the built programs. */
export const programs = {
  gateway: path.join(repositoryRoot, "apps/gateway/dist/main.js"),
  simulator: path.join(repositoryRoot, "packages/simulator/dist/main.js"),
};

const followParent = pathToFileURL(path.join(import.meta.dirname, "follow-parent.mjs")).href;

/**
 * Starts a built program in a process group of its own, so that Ctrl-C reaches only the script, which then stops its servers in
 * order. `exited` resolves with the exit code (1 when a signal ended it).
 */
export function startServer(program, { args = [], ...options }) {
  const child = spawn(process.execPath, ["--import", followParent, program, ...args], { ...options, detached: true });
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
  if (process.env.npm_lifecycle_event !== undefined) await import("./follow-parent.mjs");
}

/** Runs one program in the foreground until it ends; the script ends with its exit code. */
export async function runInForeground(program, options) {
  const server = startServer(program, { stdio: "inherit", ...options });
  await onStopRequest(() => server.stop());
  process.exitCode = await server.exited;
}
