import type { Clock, Log } from "@copilot-llm/model";
import { mapOrganizations } from "../billing/map-organizations.js";
import type { Channel } from "../control-plane/channel.js";
import { createFailure, describeError, mapControlFailure, RefusedError } from "../control-plane/control-failure.js";
import type { EndpointCache } from "../control-plane/endpoint-cache.js";
import type { HttpClient } from "../data-plane/http-client.js";
import { mapQuota } from "../quota/map-quota.js";
import { createSingleFlight } from "../single-flight.js";
import type { AccountProfile, UpstreamAccount, UpstreamResult } from "../upstream.js";
import { createAccountCatalogue } from "./account-catalogue.js";
import { createEndpointExchange } from "./endpoint-exchange.js";
import { createSendOnEndpoint } from "./send-on-endpoint.js";

export interface AccountOptions {
  readonly channel: Channel;
  readonly endpoints: EndpointCache;
  readonly httpClient: HttpClient;
  /** Shown where GitHub names no login. */
  readonly fallbackLogin: string;
  readonly warning: string | null;
  readonly catalogueMaxAgeMs: number;
  readonly callLimitMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** One account over its channel (control plane) and the shared HTTP client (data plane). */
export function createAccount(options: AccountOptions): UpstreamAccount {
  const { channel, endpoints, httpClient, fallbackLogin, warning, callLimitMs, clock, log } = options;
  const logControlFailure = (call: string, error: unknown): void => {
    const { kind } = mapControlFailure(error, clock.nowMs());
    log.warn("copilot control call failed", { call, kind, cause: describeError(error) });
  };
  const answer = async <Value>(call: string, work: Promise<Value>): Promise<UpstreamResult<Value>> => {
    try {
      return { ok: true, value: await work };
    } catch (error) {
      logControlFailure(call, error);
      return { ok: false, failure: mapControlFailure(error, clock.nowMs()) };
    }
  };
  let profile: AccountProfile | null = null;
  const signIn = createSingleFlight(async () => {
    profile = await readProfile(channel, fallbackLogin, warning);
    return profile;
  });
  const plan = (): string | null => profile?.plan ?? null;
  const quota = createSingleFlight(async () => {
    const { quotaSnapshots } = await channel.use(({ client, account }) => client.rpc.account.getQuota(account));
    return mapQuota(quotaSnapshots, clock.nowMs());
  });
  const organizations = createSingleFlight(async () => {
    const named = mapOrganizations(await channel.readAuthInfo());
    if (named === null) throw new RefusedError(createFailure("unreachable", 502, "GitHub did not say who pays."));
    return named;
  });
  const onNoEndpoint = (error: unknown): void => logControlFailure("endpoint", error);
  const exchange = createEndpointExchange(endpoints, onNoEndpoint);
  const maxAgeMs = options.catalogueMaxAgeMs;

  return {
    signIn: () => answer("signIn", signIn()),
    quota: () => answer("quota", quota()),
    organizations: () => answer("organizations", organizations()),
    catalogue: createAccountCatalogue({ exchange, httpClient, answer, plan, maxAgeMs, callLimitMs, clock }),
    send: createSendOnEndpoint({ exchange, httpClient, onNoEndpoint, clock, log }),
    async close() {
      endpoints.clear();
      await channel.close();
    },
  };
}

async function readProfile(channel: Channel, fallbackLogin: string, warning: string | null): Promise<AccountProfile> {
  channel.discard();
  const status = await channel.use(({ session }) => session.rpc.gitHubAuth.getStatus());
  if (!status.isAuthenticated) {
    throw new RefusedError(createFailure("unauthorized", 401, status.statusMessage ?? "Not signed in."));
  }
  return { login: status.login ?? fallbackLogin, plan: status.copilotPlan ?? null, warning };
}
