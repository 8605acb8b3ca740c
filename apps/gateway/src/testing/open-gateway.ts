import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Clock, type Log, Secret } from "@copilot-llm/model";
import { createSystemClock, createSystemRandomness, type Provider } from "@copilot-llm/provider";
import { openProvider } from "@copilot-llm/provider/open";
import { type Simulator, type SimulatorOptions, startSimulator } from "@copilot-llm/simulator";
import { type LowdbStores, openLowdbStores } from "@copilot-llm/stores/lowdb";
import { onTestFinished } from "vitest";
import type { AdminApp } from "../api/route/admin-app.js";
import { createApp } from "../app.js";
import type { AppOptions } from "../app-options.js";
import { CidrList } from "../env/cidr-list.js";
import { startHttpServer } from "../http/http-server.js";
import { Metrics } from "../telemetry/metrics/metrics.js";
import { checkAnswers } from "./check-answers.js";

const log: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The whole gateway in the test's own process, over a simulator, without a user. */
export interface OpenGateway {
  readonly url: string;
  readonly app: AdminApp;
  readonly provider: Provider;
  readonly stores: LowdbStores;
  /** Where the stores keep what they have, and the runtime its state. */
  readonly directory: string;
  readonly simulator: Simulator;
}

/** What takes the place of what the app is given otherwise. */
export interface OpenGatewayOptions extends Partial<AppOptions> {
  /** Of the stores and the provider as well; `clock` is the app's alone. */
  readonly wholeClock?: Clock;
}

/** Ends when the test has finished. */
export async function openGateway(
  { wholeClock: clock = createSystemClock(), ...options }: OpenGatewayOptions = {},
  simulatorOptions: SimulatorOptions = {},
): Promise<OpenGateway> {
  const randomness = createSystemRandomness();
  const directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-gateway-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
  const simulator = await startSimulator({
    accounts: [{ login: "alice", token: "gho_alice0123456789" }],
    ...simulatorOptions,
  });
  onTestFinished(() => simulator.close());
  const metrics = new Metrics({ labels: ["key", "token"], version: "1.2.3", clock, measuresProcess: false });
  const stores = await openLowdbStores({ dataDir: path.join(directory, "data"), encryptionKey: null, clock, log });
  const { provider, close } = await openProvider({
    stores: { ...stores, ledger: metrics.watchLedger(stores.ledger) },
    onRequestEnd: metrics.observeRequest,
    onBatchItem: metrics.observeBatchItem,
    stateDir: path.join(directory, "runtime"),
    copilotApiUrl: simulator.url,
    githubApiUrl: simulator.url,
    environment: { PATH: process.env.PATH },
    timeouts: { connectMs: 2_000, firstByteMs: 10_000, idleMs: 10_000 },
    clock,
    randomness,
    log,
    legacyKey: new Secret("legacy key"),
    recording: "full",
    recordingRetentionDays: 90,
    servesUnrecorded: false,
    maxRequestBytes: 1 << 20,
  });
  onTestFinished(close);
  const { openHono, listener } = createApp({
    provider,
    createBackup: stores.backup,
    storeKind: "embedded",
    log,
    consoleFiles: null,
    corsOrigins: [],
    trustProxy: new CidrList([]),
    publicUrl: null,
    identityProvider: null,
    maxBodyBytes: 1 << 20,
    batchFileMaxBytes: 4 << 20,
    metrics,
    metricsToken: null,
    startSpan: () => null,
    version: "1.2.3",
    startSettings: {
      recording: "full",
      recording_retention_days: 90,
      legacy_key: true,
      device_flow: false,
      variables: [{ name: "API_KEY", value: null, is_set: true }],
    },
    clock,
    randomness,
    isAccepting: () => true,
    ...options,
  });
  const { app } = await openHono();
  const server = await startHttpServer(checkAnswers(app, listener), "127.0.0.1", 0);
  onTestFinished(() => {
    provider.events.end();
    return server.drain(1_000, () => {});
  });
  return { url: `http://127.0.0.1:${server.port}`, app, provider, stores, directory, simulator };
}

/** Makes the first admin, "ada", and answers with her session token. */
export async function signInAdmin({ provider }: OpenGateway): Promise<string> {
  const password = new Secret("correct horse battery");
  await provider.signIn.ensureFirstAdmin("ada", password);
  return (await provider.signIn.signIn("ada", password, null)).token.reveal();
}
