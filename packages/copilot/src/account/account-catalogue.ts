import {
  type CancelSignal,
  type CatalogueModel,
  type Clock,
  parseJson,
  type UpstreamFailure,
} from "@copilot-llm/model";
import { mapCatalogue } from "../catalogue/map-catalogue.js";
import { createFailure, RefusedError } from "../control-plane/control-failure.js";
import { limitAbortable } from "../control-plane/time-limit.js";
import type { HttpClient } from "../data-plane/http-client.js";
import { readAll } from "../read-all.js";
import { createSingleFlight } from "../single-flight.js";
import type { UpstreamResult } from "../upstream.js";
import { createRefusal } from "./create-refusal.js";
import type { EndpointExchange } from "./endpoint-exchange.js";

const maxCatalogueBytes = 16 * 1024 * 1024;

export interface AccountCatalogueOptions {
  readonly exchange: EndpointExchange;
  readonly httpClient: HttpClient;
  /** Turns what a fetch came to into a result. */
  readonly answer: <Value>(call: string, work: Promise<Value>) => Promise<UpstreamResult<Value>>;
  /** The account's, as it was told last; null while it is not known. */
  readonly plan: () => string | null;
  readonly maxAgeMs: number;
  readonly callLimitMs: number;
  readonly clock: Clock;
}

/**
 * An account's models: kept for `maxAgeMs`, fetched once however many ask, and those last seen where GitHub cannot be asked.
 */
export function createAccountCatalogue(
  options: AccountCatalogueOptions,
): (choice?: { readonly refresh?: boolean }) => Promise<UpstreamResult<readonly CatalogueModel[]>> {
  const { exchange, httpClient, answer, plan, maxAgeMs, callLimitMs, clock } = options;
  let kept: { readonly models: readonly CatalogueModel[]; readonly atMs: number } | null = null;

  const fetchModels = async (signal: CancelSignal): Promise<readonly CatalogueModel[]> => {
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
    if (!outcome.answered || outcome.status < 200 || outcome.status >= 300) {
      throw new RefusedError((await createRefusal(outcome, clock.nowMs())).failure);
    }
    const body = Buffer.from(await readAll(outcome.body, maxCatalogueBytes)).toString("utf8");
    const models = mapCatalogue(parseJson(body), plan());
    if (models === null) throw new RefusedError(createFailure("unreachable", 502, "GitHub Copilot sent no catalogue."));
    kept = { models, atMs: clock.nowMs() };
    return models;
  };
  const fetchOnce = createSingleFlight(() => limitAbortable(clock, callLimitMs, fetchModels));

  return async ({ refresh = false } = {}) => {
    if (!refresh && kept !== null && clock.nowMs() - kept.atMs < maxAgeMs) return { ok: true, value: kept.models };
    const result = await answer("catalogue", fetchOnce());
    if (result.ok || kept === null || isRefusal(result.failure)) return result;
    return { ok: true, value: kept.models };
  };
}

/** GitHub refuses the account itself: what it once offered no longer counts. */
function isRefusal({ kind }: UpstreamFailure): boolean {
  return kind === "unauthorized" || kind === "forbidden";
}
