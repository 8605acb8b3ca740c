import path from "node:path";
import { type Clock, GatewayError, type Log, type Randomness } from "@copilot-llm/model";
import { createSystemClock, createSystemRandomness, type Provider } from "@copilot-llm/provider";
import { type OpenedProvider, openProvider } from "@copilot-llm/provider/open";
import type { Stores } from "@copilot-llm/stores";
import packageJson from "../package.json" with { type: "json" };
import { openAlerts } from "./alerts/open-alerts.js";
import { encodeStartSettings } from "./api/settings/encode-start-settings.js";
import { createApp } from "./app.js";
import type { AppOptions } from "./app-options.js";
import { ConsoleFiles } from "./console/console-files.js";
import type { Environment, GatewaySettings } from "./env/gateway-settings.js";

import { mapUpstreamSettings } from "./env/map-upstream-settings.js";
import { SettingError } from "./env/setting-error.js";
import { type HttpServer, startHttpServer } from "./http/http-server.js";
import { openStores } from "./open-stores.js";
import { Metrics } from "./telemetry/metrics/metrics.js";
import { startTracing } from "./telemetry/tracing/start-tracing.js";
import type { Tracing } from "./telemetry/tracing/tracing.js";

const builtConsoleDir = path.join(import.meta.dirname, "../../console/out");

export interface Gateway {
  /** Where it listens. */
  readonly url: string;
  /** For creating the first admin; null once there is a user. */
  readonly setupLink: string | null;
  /** A provider beside it over the same stores, as another gateway that shares them has; close it before `stop`. */
  openBeside(beside: Beside): Promise<OpenedProvider>;
  /** Finishes the requests under way, writes everything, ends the runtime. Never rejects. */
  stop(): Promise<void>;
}

/** What is its own: its time, its log, and who plays GitHub and Copilot for it. */
export interface Beside {
  readonly clock: Clock;
  readonly log: Log;
  readonly upstreamUrl: string;
}

interface Surroundings {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

type Close = () => Promise<void>;

/**
 * The composition: who gets what. `environment` is for the SDK runtime, which takes its `PATH`. Resolves when the gateway listens, without
 * waiting for GitHub; rejects with nothing left open.
 */
export async function startGateway(settings: GatewaySettings, environment: Environment, log: Log): Promise<Gateway> {
  const opened: Close[] = [];
  try {
    return await open(settings, environment, log, (close) => void opened.push(close));
  } catch (error) {
    for (const close of opened.reverse()) {
      await close().catch((failure: unknown) => log.error("closing failed", { error: failure }));
    }
    throw error;
  }
}

/** `keep` is told how each part is closed, as soon as it is open. */
async function open(
  settings: GatewaySettings,
  environment: Environment,
  log: Log,
  keep: (close: Close) => void,
): Promise<Gateway> {
  const surroundings = { clock: createSystemClock(), randomness: createSystemRandomness(), log };
  const { stores, createBackup } = await openStores(settings, surroundings.clock, log);
  keep(stores.close);
  const { metricsLabels: labels, metricsToken } = settings;
  const { version } = packageJson;
  const metrics = new Metrics({ labels, version, clock: surroundings.clock, measuresProcess: true });
  const { tracesUpstream: propagatesUpstream, trustProxy } = settings;
  const tracingOptions = { ...surroundings, propagatesUpstream, trustProxy, version };
  const tracing = await startTracing({ ...tracingOptions, settings: settings.otel });
  keep(tracing.close);
  const { provider, cutShort, close } = await openFrom(settings, environment, stores, {
    ...surroundings,
    metrics,
    tracing,
  });
  keep(close);
  await applyStartSettings(provider, settings);

  let accepting = true;
  const consoleFiles = await ConsoleFiles.find(settings.consoleDir ?? builtConsoleDir);
  if (consoleFiles === null) log.warn("no console is served: it is not built, or CONSOLE_DIR is wrong");
  const { listener } = createApp({
    ...surroundings,
    provider,
    createBackup,
    storeKind: settings.databaseUrl === null ? "embedded" : "postgres",
    consoleFiles,
    corsOrigins: settings.corsOrigins,
    trustProxy,
    identityProvider: await openIdentityProvider(settings),
    publicUrl: settings.publicUrl,
    maxBodyBytes: settings.maxBodyBytes,
    batchFileMaxBytes: settings.batchFileMaxBytes,
    metrics,
    metricsToken,
    startSpan: tracing.startSpan,
    version,
    startSettings: encodeStartSettings(settings),
    isAccepting: () => accepting,
  });
  const server = await startHttpServer(listener, settings.host, settings.port);
  keep(() => server.drain(0, () => {}));
  const url = urlOf(server);
  const alerts = await openAlerts({ ...surroundings, provider, settings });
  keep(alerts.close);
  const setupCode = await provider.signIn.issueSetupCode();
  return {
    url,
    setupLink: setupCode === null ? null : `${settings.publicUrl ?? url}/setup?code=${setupCode.reveal()}`,
    openBeside: async ({ upstreamUrl, ...own }) =>
      openFrom(
        {
          ...settings,
          dataDir: path.join(settings.dataDir, "beside"),
          copilotApiUrl: upstreamUrl,
          githubApiUrl: upstreamUrl,
        },
        environment,
        { ...stores, close: async () => {} },
        {
          ...surroundings,
          ...own,
          // What is done beside is no traffic of this gateway.
          metrics: new Metrics({ labels, version, clock: own.clock, measuresProcess: false }),
          tracing: await startTracing({ ...tracingOptions, ...own, settings: null }),
        },
      ),
    async stop() {
      accepting = false;
      provider.events.end();
      await Promise.all([
        server.drain(settings.drainTimeoutMs, () => void cutShort()),
        provider.batches.drain(settings.drainTimeoutMs),
      ]);
      await alerts.close();
      await close();
      await tracing.close();
    },
  };
}

function openFrom(
  settings: GatewaySettings,
  environment: Environment,
  stores: Stores,
  { metrics, tracing, ...surroundings }: Surroundings & { readonly metrics: Metrics; readonly tracing: Tracing },
): Promise<OpenedProvider> {
  return openProvider({
    ...surroundings,
    stores: { ...stores, ledger: metrics.watchLedger(stores.ledger) },
    onRequestEnd: metrics.observeRequest,
    onBatchItem: metrics.observeBatchItem,
    watchRequest: tracing.watchRequest,
    stateDir: path.join(settings.dataDir, "runtime"),
    ...mapUpstreamSettings(settings),
    environment,
    legacyKey: settings.apiKey,
    deviceFlowClientId: settings.oauthClientId,
    recording: settings.recording,
    recordingRetentionDays: settings.recordingRetentionDays,
    servesUnrecorded: settings.whenDiskFull === "serve",
    maxRequestBytes: settings.maxBodyBytes,
  });
}

async function applyStartSettings(provider: Provider, settings: GatewaySettings): Promise<void> {
  if (settings.firstAdmin !== null) {
    await provider.signIn.ensureFirstAdmin(settings.firstAdmin.username, settings.firstAdmin.password);
  }
  for (const { alias, token, variable } of settings.githubTokens) {
    await provider.tokens.ensure(alias, token).catch((error: unknown) => {
      const isUnfit = error instanceof GatewayError && error.code === "invalid_request";
      throw isUnfit ? new SettingError(variable, null, `${alias}: ${error.message}`) : error;
    });
  }
}

/** Null: one signs in by password only, and its library is not loaded. */
async function openIdentityProvider(settings: GatewaySettings): Promise<AppOptions["identityProvider"]> {
  if (settings.oidc === null) return null;
  const { createIdentityProvider } = await import("./auth/oidc/identity-provider.js");
  return createIdentityProvider({ ...settings.oidc, ...proxyOf(settings) });
}

function proxyOf({ httpsProxy, noProxy }: GatewaySettings) {
  return { httpsProxy, noProxy };
}

function urlOf({ host, port }: HttpServer): string {
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
