import type { CreatedApiKey } from "@copilot-llm/gateway/admin-api";
import { type AccountOptions, type Simulator, type SimulatorOptions, startSimulator } from "@copilot-llm/simulator";
import { expect } from "vitest";
import { type Admin, signUp } from "./admin.ts";
import { type Gateway, startGateway } from "./start-gateway.ts";

export interface ServingOptions {
  /** Logins of the accounts whose tokens go into the pool, under the login as alias. */
  readonly accounts?: readonly string[];
  /** What every account is like, beside its login and token. */
  readonly account?: Omit<Partial<AccountOptions>, "login" | "token">;
  readonly simulator?: Omit<SimulatorOptions, "accounts">;
  readonly env?: Readonly<Record<string, string>>;
  /** Kept on stop when given. */
  readonly dataDir?: string;
}

/** A gateway with an admin, a pool and a key, over a simulator in the test's own process. */
export interface Serving {
  readonly simulator: Simulator;
  readonly gateway: Gateway;
  readonly admin: Admin;
  readonly key: CreatedApiKey;
  /** Sends a data request with the key. */
  send(
    path: string,
    body: unknown,
    options?: { headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>;
  stop(): Promise<void>;
}

/** The GitHub token of a simulated account. */
export function githubTokenOf(login: string): string {
  return `github_pat_${login.padEnd(40, "0")}`;
}

/** Starts all of it and resolves once every token is active. */
export async function startServing(options: ServingOptions = {}): Promise<Serving> {
  const { accounts = ["alice"], env = {}, dataDir } = options;
  const simulator = await startSimulator({
    ...options.simulator,
    accounts: accounts.map((login) => ({ ...options.account, login, token: githubTokenOf(login) })),
  });
  const gateway = await startGateway({ simulator, env, ...(dataDir === undefined ? {} : { dataDir }) });
  const stop = async () => {
    await gateway.stop();
    await simulator.close();
  };
  try {
    const admin = await signUp(gateway);
    for (const login of accounts)
      expect(await admin.addToken(login, githubTokenOf(login))).toMatchObject({ status: "active" });
    const key = await admin.createKey({ alias: "e2e" });
    const send: Serving["send"] = (path, body, { headers = {}, signal } = {}) =>
      fetch(gateway.url + path, {
        method: "POST",
        headers: { authorization: `Bearer ${key.key}`, "content-type": "application/json", ...headers },
        body: typeof body === "string" ? body : JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      });
    return { simulator, gateway, admin, key, send, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A chat completion request that the simulator answers with `Echo: ${text}`, or as the `sim:` lines in the text say. */
export function chatBody(text: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return { model: "gpt-5-mini", messages: [{ role: "user", content: text }], ...more };
}
