import {
  type CancelSignal,
  type CatalogueModel,
  type Clock,
  GatewayError,
  type Log,
  parseJson,
  type UpstreamFailure,
} from "@copilot-llm/model";
import { mapOrganizations } from "./billing/map-organizations.js";
import { mapCatalogue } from "./catalogue/map-catalogue.js";
import type { Channel } from "./control-plane/channel.js";
import { createFailure, describeError, mapControlFailure, RefusedError } from "./control-plane/control-failure.js";
import type { Endpoint, EndpointCache } from "./control-plane/endpoint-cache.js";
import { limitAbortable } from "./control-plane/time-limit.js";
import type { EndpointSnapshot } from "./data-plane/endpoint-snapshot.js";
import type { HttpClient } from "./data-plane/http-client.js";
import type { HttpOutcome } from "./data-plane/http-outcome.js";
import { createRequestHeaders } from "./data-plane/request-headers.js";
import { classifyFailure } from "./failure/classify-failure.js";
import { mapQuota } from "./quota/map-quota.js";
import { parseQuotaHeaders } from "./quota/parse-quota-headers.js";
import { readAll, readStart } from "./read-all.js";
import { createSingleFlight } from "./single-flight.js";
import type { AccountProfile, UpstreamAccount, UpstreamAnswer, UpstreamRefusal, UpstreamResult } from "./upstream.js";

/** The account belongs to another host than the one that was asked. */
const misdirectedStatus = 421;
const maxErrorBytes = 64 * 1024;
const maxCatalogueBytes = 16 * 1024 * 1024;

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
  const { channel, endpoints, httpClient, clock, log } = options;
  let kept: { readonly models: readonly CatalogueModel[]; readonly atMs: number } | null = null;
  /** As told at the last sign-in. */
  let plan: string | null = null;

  /** Sends what `send` builds for the endpoint; after a 401 once more with a new endpoint, after a 421 if that is another host. */
  const exchange = async (
    modelId: string | null,
    signal: CancelSignal,
    send: (snapshot: EndpointSnapshot) => Promise<HttpOutcome>,
  ): Promise<HttpOutcome> => {
    const endpoint = await abortable(endpoints.get(modelId), signal);
    const outcome = await send(endpoint.snapshot);
    if (!outcome.answered || (outcome.status !== 401 && outcome.status !== misdirectedStatus)) return outcome;
    const renewed = await renewEndpoint(endpoint, modelId, signal);
    const isSameHost = renewed?.snapshot.origin === endpoint.snapshot.origin;
    if (renewed === null || (outcome.status === misdirectedStatus && isSameHost)) return outcome;
    outcome.body.abort();
    return send(renewed.snapshot);
  };

  /** Null when the renewal fails: then the refusal itself is the better answer. */
  const renewEndpoint = async (
    refused: Endpoint,
    modelId: string | null,
    signal: CancelSignal,
  ): Promise<Endpoint | null> => {
    endpoints.refuse(refused);
    try {
      return await abortable(endpoints.get(modelId), signal);
    } catch (error) {
      if (error instanceof GatewayError) throw error;
      logControlFailure("endpoint", error);
      return null;
    }
  };

  const fetchCatalogue = async (signal: CancelSignal): Promise<readonly CatalogueModel[]> => {
    const outcome = await exchange(null, signal, ({ origin, basePath, headers }) =>
      httpClient.exchange({
        method: "GET",
        origin,
        path: `${basePath}/models`,
        headers: { accept: "application/json", ...headers, "accept-encoding": "identity" },
        body: null,
        signal,
      }),
    );
    if (!outcome.answered || !isSuccess(outcome.status)) {
      throw new RefusedError((await createRefusal(outcome, clock.nowMs())).failure);
    }
    const body = Buffer.from(await readAll(outcome.body, maxCatalogueBytes)).toString("utf8");
    const models = mapCatalogue(parseJson(body), plan);
    if (models === null) throw new RefusedError(createFailure("unreachable", 502, "GitHub Copilot sent no catalogue."));
    kept = { models, atMs: clock.nowMs() };
    return models;
  };

  const signIn = createSingleFlight(async (): Promise<AccountProfile> => {
    channel.discard();
    const status = await channel.use(({ session }) => session.rpc.gitHubAuth.getStatus());
    if (!status.isAuthenticated) {
      throw new RefusedError(createFailure("unauthorized", 401, status.statusMessage ?? "Not signed in."));
    }
    plan = status.copilotPlan ?? null;
    return {
      login: status.login ?? options.fallbackLogin,
      plan,
      warning: options.warning,
    };
  });

  const quota = createSingleFlight(async () => {
    const { quotaSnapshots } = await channel.use(({ client, account }) => client.rpc.account.getQuota(account));
    return mapQuota(quotaSnapshots, clock.nowMs());
  });

  const organizations = createSingleFlight(async () => {
    const named = mapOrganizations(await channel.readAuthInfo());
    if (named === null) throw new RefusedError(createFailure("unreachable", 502, "GitHub did not say who pays."));
    return named;
  });

  const refreshCatalogue = createSingleFlight(() => limitAbortable(clock, options.callLimitMs, fetchCatalogue));

  const answer = async <Value>(call: string, work: Promise<Value>): Promise<UpstreamResult<Value>> => {
    try {
      return { ok: true, value: await work };
    } catch (error) {
      logControlFailure(call, error);
      return { ok: false, failure: mapControlFailure(error, clock.nowMs()) };
    }
  };

  const logControlFailure = (call: string, error: unknown): void => {
    const { kind } = mapControlFailure(error, clock.nowMs());
    log.warn("copilot control call failed", { call, kind, cause: describeError(error) });
  };

  return {
    signIn: () => answer("signIn", signIn()),
    quota: () => answer("quota", quota()),
    organizations: () => answer("organizations", organizations()),
    async catalogue({ refresh = false } = {}) {
      if (!refresh && kept !== null && clock.nowMs() - kept.atMs < options.catalogueMaxAgeMs) {
        return { ok: true, value: kept.models };
      }
      const result = await answer("catalogue", refreshCatalogue());
      if (result.ok || kept === null || isRefusal(result.failure)) return result;
      return { ok: true, value: kept.models };
    },
    async send(request): Promise<UpstreamAnswer> {
      let outcome: HttpOutcome;
      try {
        outcome = await exchange(request.modelId, request.signal, (snapshot) =>
          httpClient.exchange({
            method: "POST",
            origin: snapshot.origin,
            path: snapshot.basePath + request.path,
            headers: createRequestHeaders(snapshot, request),
            body: request.body,
            signal: request.signal,
          }),
        );
      } catch (error) {
        if (error instanceof GatewayError) throw error;
        logControlFailure("endpoint", error);
        return refuse(null, {}, mapControlFailure(error, clock.nowMs()), clock.nowMs());
      }
      if (!outcome.answered) log.warn("copilot gave no answer", { cause: describeError(outcome.cause) });
      if (!outcome.answered || !isSuccess(outcome.status)) return createRefusal(outcome, clock.nowMs());
      const { status, headers, body } = outcome;
      if (isPage(headers["content-type"])) {
        body.abort();
        const page = createFailure(
          "unreachable",
          502,
          "GitHub Copilot, or a proxy on the way, answered with a web page.",
        );
        return refuse(status, headers, page, clock.nowMs());
      }
      return { ok: true, status, headers, quotas: parseQuotaHeaders(headers, clock.nowMs()), body };
    },
    async close() {
      endpoints.clear();
      await channel.close();
    },
  };
}

/** A page of a proxy or a portal that stands where an answer should. */
function isPage(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*(?:text\/html|application\/xhtml)/i.test(contentType);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

async function createRefusal(outcome: HttpOutcome, nowMs: number): Promise<UpstreamRefusal> {
  if (!outcome.answered) {
    const failure =
      outcome.reason === "timeout"
        ? createFailure("timeout", 504, "GitHub Copilot did not answer in time.")
        : createFailure("unreachable", 502, "GitHub Copilot could not be reached.");
    return refuse(null, {}, failure, nowMs);
  }
  const { status, headers, body } = outcome;
  const text = Buffer.from(await readStart(body, maxErrorBytes)).toString("utf8");
  return refuse(status, headers, classifyFailure(status, headers, text, nowMs), nowMs);
}

function refuse(
  status: number | null,
  headers: Readonly<Record<string, string>>,
  failure: UpstreamFailure,
  nowMs: number,
): UpstreamRefusal {
  return { ok: false, status, headers, quotas: parseQuotaHeaders(headers, nowMs), failure };
}

/** A cached value at once; else the promise, or `client_closed` as soon as the signal aborts. */
function abortable(value: Endpoint | Promise<Endpoint>, signal: CancelSignal): Endpoint | Promise<Endpoint> {
  if (!(value instanceof Promise)) return value;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new GatewayError("client_closed", "The client closed the request."));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    value.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** GitHub refuses the account itself: what it once offered no longer counts. */
function isRefusal({ kind }: UpstreamFailure): boolean {
  return kind === "unauthorized" || kind === "forbidden";
}
