import { spawn } from "node:child_process";
import { connect } from "node:net";
import { expect, onTestFinished } from "vitest";

/** Runs a proxy until the test ends; resolves once it takes connections. What it says is shown when it does not. */
export async function runProxy(
  program: string,
  args: readonly string[],
  options: { readonly port: number; readonly directory: string },
): Promise<void> {
  const child = spawn(program, args, {
    cwd: options.directory,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: options.directory,
      XDG_DATA_HOME: options.directory,
      XDG_CONFIG_HOME: options.directory,
    },
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const isOpen = () =>
    new Promise((resolve) => {
      if (child.exitCode !== null) resolve(said);
      const socket = connect(options.port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.once("error", () => resolve(false));
    });
  await expect.poll(isOpen, { timeout: 15_000 }).toBe(true);
}

/** The text with every time in it divided, `20m` as well as `5s`, in milliseconds. */
export function scaleTimes(text: string, times: RegExp, factor: number): string {
  const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000 };
  return text.replaceAll(times, (_whole, before: string, amount: string, unit: string) => {
    const scaledMs = Math.max(1, Math.round((Number(amount) * (unitMs[unit] ?? 0)) / factor));
    return `${before}${scaledMs}ms`;
  });
}
