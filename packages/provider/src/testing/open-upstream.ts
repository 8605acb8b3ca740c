import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createUpstream, type Upstream } from "@copilot-llm/copilot";
import { type Simulator, type SimulatorOptions, startSimulator } from "@copilot-llm/simulator";
import { onTestFinished } from "vitest";
import { createSystemClock } from "../system-clock.js";
import { silentLog } from "./open-bench.js";

/** The GitHub token of a simulated account. */
export function githubTokenOf(login: string): string {
  return `gho_${login}0123456789abcdef`;
}

/** The real SDK runtime over a simulator with these accounts; both end when the test has finished. */
export async function openUpstream(
  logins: readonly string[],
  options: SimulatorOptions = {},
): Promise<{ readonly upstream: Upstream; readonly simulator: Simulator }> {
  const simulator = await startSimulator({
    accounts: logins.map((login) => ({ login, token: githubTokenOf(login), plan: "business" })),
    ...options,
  });
  onTestFinished(() => simulator.close());
  const stateDir = await mkdtemp(path.join(tmpdir(), "copilot-llm-runtime-"));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true, maxRetries: 3 }));
  const upstream = createUpstream({
    stateDir,
    copilotApiUrl: simulator.url,
    githubApiUrl: simulator.url,
    environment: { PATH: process.env.PATH },
    timeouts: { connectMs: 2_000, firstByteMs: 10_000, idleMs: 10_000 },
    clock: createSystemClock(),
    randomness: { next: () => 0, bytes: randomBytes },
    log: silentLog,
  });
  onTestFinished(() => upstream.close());
  return { upstream, simulator };
}
