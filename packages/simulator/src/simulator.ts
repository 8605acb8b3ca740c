import type { AccountOptions } from "./accounts/account.js";
import { createAccountDirectory } from "./accounts/account-directory.js";
import { type BillingEntityChange, type BillingEntityOptions, changeBillingEntity } from "./accounts/billing-entity.js";
import { type AccountChange, changeAccount, requireAccount, requireEntity } from "./accounts/change-account.js";
import { type QuotaSnapshot, quotaSnapshots } from "./accounts/quota.js";
import { createLedger, type Ledger } from "./billing/ledger.js";
import { createPromptCache } from "./billing/prompt-cache.js";
import { defaultCatalogue } from "./catalogue/default-catalogue.js";
import type { SimulatedModel } from "./catalogue/simulated-model.js";
import { type SimulatorClock, systemClock } from "./clock.js";
import { createFaultRegistry, type FaultRegistry } from "./faults/fault-registry.js";
import { createDeviceFlow, type DeviceFlow } from "./github/device-flow.js";
import { createInstallations, type GitHubAppOptions } from "./github/installations.js";
import { createHttpServer } from "./http/create-http-server.js";
import { createRequestLog, type RequestLog } from "./http/request-log.js";
import { createQuirkRegistry, type QuirkRegistry } from "./quirk-registry.js";
import { createServiceIds } from "./service-ids.js";
import type { SimulatorState } from "./simulator-state.js";

export interface SimulatorOptions {
  readonly accounts?: readonly AccountOptions[];
  /** Organisations whose pool of credits differs from what their seats here bring. */
  readonly billingEntities?: readonly BillingEntityOptions[];
  /** Default: one model of every kind. */
  readonly models?: readonly SimulatedModel[];
  /** A well-formed unknown token becomes a fresh business account. Default false. */
  readonly acceptUnknownTokens?: boolean;
  readonly clock?: SimulatorClock;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Pace of streams whose script says nothing; default: as fast as the client reads. */
  readonly chunkDelayMs?: number;
  /** What a user message without directives is answered with; undefined: its echo, as without this. */
  readonly answerTo?: (message: string) => string | undefined;
  /** Prompts below this are not cached; default 1024, as the service has it. */
  readonly promptCacheMinimumTokens?: number;
  readonly githubApps?: readonly GitHubAppOptions[];
  /** Seconds between polls of the device flow; default 5. */
  readonly devicePollSeconds?: number;
  readonly maximumLoggedRequests?: number;
  readonly maximumLoggedBytes?: number;
  /** Keep the answers' bytes in the request log; default true. */
  readonly logResponses?: boolean;
  /** Serve `/_simulator/…`; default true. */
  readonly controlRoute?: boolean;
}

/** A running stand-in for the GitHub API and the Copilot API; one address serves both. */
export interface Simulator {
  readonly url: string;
  readonly port: number;
  readonly requests: RequestLog;
  readonly ledger: Ledger;
  readonly faults: FaultRegistry;
  readonly quirks: QuirkRegistry;
  readonly deviceFlow: DeviceFlow;
  addAccount(options: AccountOptions): void;
  /** `account` is a login or a token, here and below. Throws for an unknown one. */
  changeAccount(account: string, change: AccountChange): void;
  /** Changes the pool of an organisation that pays for seats. Throws for an unknown one. */
  changeBillingEntity(organization: string, change: BillingEntityChange): void;
  /** The Copilot side answers 401 until the control plane is asked again (user info, token or session). */
  expireCredential(account: string): void;
  quotaOf(account: string): Record<string, QuotaSnapshot>;
  logins(): readonly string[];
  clearPromptCache(): void;
  /** Refuses new connections and cuts the open ones; `acceptConnections` listens on the same port again. */
  refuseConnections(): Promise<void>;
  acceptConnections(): Promise<void>;
  /** Cuts every connection and stops. Idempotent. */
  close(): Promise<void>;
}

/** Starts a simulator. Rejects when the port cannot be bound or two accounts share a login or token. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const clock = options.clock ?? systemClock;
  const ids = createServiceIds(clock.nowMs());
  const state: SimulatorState = {
    clock,
    ids,
    accounts: createAccountDirectory(clock, options.acceptUnknownTokens ?? false, options.billingEntities),
    models: options.models ?? defaultCatalogue,
    faults: createFaultRegistry(clock),
    quirks: createQuirkRegistry(),
    ledger: createLedger(100_000),
    promptCache: createPromptCache(clock, options.promptCacheMinimumTokens ?? 1024),
    requests: createRequestLog({
      maximumRequests: options.maximumLoggedRequests ?? 10_000,
      maximumBytes: options.maximumLoggedBytes ?? 256 * 1024 * 1024,
      keepResponses: options.logResponses ?? true,
    }),
    deviceFlow: createDeviceFlow(clock, ids, options.devicePollSeconds ?? 5),
    installations: createInstallations(options.githubApps ?? [], clock),
    chunkDelayMs: options.chunkDelayMs,
    answerTo: options.answerTo ?? (() => undefined),
    url: () => server.url(),
  };
  for (const account of options.accounts ?? []) state.accounts.add(account);
  const server = createHttpServer(state, { controlRoute: options.controlRoute ?? true });
  const host = options.host ?? "127.0.0.1";
  await server.listen(options.port ?? 0, host);
  const { port } = server;
  const url = server.url();

  return {
    url,
    port: port(),
    requests: state.requests,
    ledger: state.ledger,
    faults: state.faults,
    quirks: state.quirks,
    deviceFlow: state.deviceFlow,
    addAccount: (account) => {
      state.accounts.add(account);
    },
    changeAccount: (account, change) => changeAccount(requireAccount(state.accounts, account), change),
    changeBillingEntity: (organization, change) =>
      changeBillingEntity(requireEntity(state.accounts, organization), change),
    expireCredential: (account) => {
      requireAccount(state.accounts, account).credentialExpired = true;
    },
    quotaOf: (account) => quotaSnapshots(requireAccount(state.accounts, account), clock.nowMs()),
    logins: () => state.accounts.list().map((account) => account.login),
    clearPromptCache: () => state.promptCache.clear(),
    refuseConnections: () => server.close(),
    acceptConnections: () => server.listen(port(), host),
    close: () => server.close(),
  };
}
