import { type Clock, windowEndMs } from "@copilot-llm/model";
import type { KeyView, Provider } from "@copilot-llm/provider";
import { keyBudgets, limitAmount } from "@copilot-llm/quota";
import { encodeNullableTime } from "../../http/encode-time.js";
import { encodeKeyView } from "../keys/encode.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { getOwnKey } from "./operations.js";
import type { OwnKey } from "./schemas.js";

export interface OwnKeyRouteOptions {
  readonly provider: Pick<Provider, "keys">;
  readonly clock: Clock;
}

/** What whoever holds a key can see of it, and nothing else. */
export function addOwnKeyRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: OwnKeyRouteOptions): void {
  app.openapi(route(getOwnKey), async (context) => {
    context.header("cache-control", "no-store");
    return context.json(encodeOwnKey(await provider.keys.find(context.get("key").id), clock.nowMs()), 200);
  });
}

function encodeOwnKey(view: KeyView, nowMs: number): OwnKey {
  const { key, usage } = view;
  const {
    github_token_ids: _tokens,
    created_by: _maker,
    note: _note,
    last_client: _client,
    enabled: _enabled,
    ...own
  } = encodeKeyView(view, nowMs);
  const { limitPeriod } = key.limits;
  const used = usage?.[limitPeriod];
  const budgets = keyBudgets.flatMap(({ name, field, unit }) => {
    const allowed = key.limits[field];
    if (allowed === null) return [];
    const resetsAt = encodeNullableTime(windowEndMs(limitPeriod, nowMs));
    return [{ limit: name, allowed, used: limitAmount(unit, used?.[unit] ?? 0), resets_at: resetsAt }];
  });
  return { ...own, budgets };
}
