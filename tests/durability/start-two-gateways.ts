import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { expect, onTestFinished } from "vitest";
import type { PostgresServer } from "../../packages/stores/src/postgres/testing/start-postgres.ts";
import { type Admin, signUp } from "../testing/admin.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { type Gateway, startGateway } from "../testing/start-gateway.ts";

/** Two gateways on one database of their own, ready to serve; they end with the test. */
export interface TwoGateways {
  /** `DATABASE_URL` and `ENCRYPTION_KEY`, for commands on the same stores. */
  readonly storeEnv: Readonly<Record<string, string>>;
  readonly simulator: Simulator;
  readonly admin: Admin;
  readonly gateways: [Gateway, Gateway];
  /** Another one in the place of one that was killed, once it can serve. */
  restart(index: 0 | 1): Promise<void>;
}

export async function startTwoGateways(
  server: PostgresServer,
  moreEnv: Readonly<Record<string, string>> = {},
): Promise<TwoGateways> {
  const simulator = await startSimulator({
    accounts: ["alice", "bob"].map((login) => ({ login, token: githubTokenOf(login) })),
    logResponses: false,
  });
  onTestFinished(() => simulator.close());
  const storeEnv = {
    DATABASE_URL: (await server.createDatabase()).reveal(),
    ENCRYPTION_KEY: "a passphrase of both gateways",
  };
  const env = {
    ...storeEnv,
    GITHUB_TOKENS: `alice=${githubTokenOf("alice")}`,
    ...moreEnv,
  };
  const start = async (): Promise<Gateway> => {
    const gateway = await startGateway({ simulator, env });
    onTestFinished(async () => void (await gateway.stop()));
    await expect.poll(async () => (await fetch(`${gateway.url}/ready`)).status, { timeout: 20_000 }).toBe(200);
    return gateway;
  };
  const first = await start();
  const admin = await signUp(first);
  const gateways: [Gateway, Gateway] = [first, await start()];
  return {
    storeEnv,
    simulator,
    admin,
    gateways,
    async restart(index) {
      gateways[index] = await start();
    },
  };
}
