import type { Upstream } from "@copilot-llm/copilot";
import type { Clock, Settings } from "@copilot-llm/model";
import type { Pool } from "@copilot-llm/pool";
import type { StoreSize, Stores } from "@copilot-llm/stores";
import type { Accounts } from "../accounts/accounts.js";
import type { Alert } from "../changes/alert.js";
import type { ModelDirectory } from "../models/model-directory.js";
import { type BillingEntityView, listBillingEntities } from "./billing-entities.js";
import { findAlerts, serviceAlerts } from "./find-alerts.js";
import type { KeyAdmin } from "./key-admin.js";
import { listModelOverviews, type ModelOverview } from "./model-overview.js";
import { type ProviderStatus, type Readiness, readReadiness, readStatus } from "./provider-status.js";
import { createReadTraffic } from "./read-traffic.js";
import { type ModelResolution, resolveModel } from "./resolve-model.js";
import type { TokenAdmin } from "./token-admin.js";
import { readTokenInsights, type TokenInsight } from "./token-insights.js";

export interface OverviewOptions {
  readonly stores: Pick<Stores, "health" | "size" | "statistics">;
  readonly upstream: Pick<Upstream, "runtimesLost">;
  readonly pool: Pool;
  readonly accounts: Accounts;
  readonly models: ModelDirectory;
  readonly tokens: TokenAdmin;
  readonly keys: KeyAdmin;
  readonly settings: () => Settings;
  readonly clock: Clock;
}

/** How it goes, as far as the pool and the stores know. */
export interface Overview {
  readiness(): Readiness;
  status(): ProviderStatus;
  /** What the stores take on their disk; see `Stores.size`. */
  storeSize(): Promise<StoreSize>;
  /** What wants an operator's attention now; of stores that fail and cannot be read that alone. */
  alerts(): Promise<readonly Alert[]>;
  /** What the pool knows of each token now, by id. */
  tokenInsights(): ReadonlyMap<string, TokenInsight>;
  /** Who pays for the tokens, with what each has left. */
  billingEntities(): readonly BillingEntityView[];
  /** Every model of the pool, with the tokens that have it. */
  modelOverviews(): readonly ModelOverview[];
  /** Where a name leads now, for whoever may use all models. */
  resolveModel(name: string): ModelResolution;
}

export function createOverview(options: OverviewOptions): Overview {
  const { stores, upstream, pool, accounts, models, tokens, keys, settings, clock } = options;
  const status = (): ProviderStatus => readStatus(pool, stores.health(), upstream);
  const traffic = createReadTraffic(stores.statistics, clock);
  const tokenInsights = () => readTokenInsights(pool, accounts);
  return {
    readiness: () => readReadiness(pool, stores.health()),
    status,
    storeSize: () => stores.size(),
    alerts: async () => {
      try {
        return findAlerts({
          status: status(),
          tokens: await tokens.list(),
          insights: tokenInsights(),
          quotas: await tokens.quotas(),
          keys: await keys.list(),
          traffic: await traffic(),
          nowMs: clock.nowMs(),
        });
      } catch (error) {
        const now = status();
        if (now.store.ok) throw error;
        return serviceAlerts({ status: now, tokens: [] });
      }
    },
    tokenInsights,
    billingEntities: () => listBillingEntities(pool, accounts),
    modelOverviews: () => listModelOverviews(pool, accounts, settings()),
    resolveModel: (name) => resolveModel(models, settings(), name),
  };
}
