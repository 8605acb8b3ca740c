import { type Clock, GatewayError, windowEndMs } from "@copilot-llm/model";
import type { KeyView, Provider } from "@copilot-llm/provider";
import { keyBudgets, limitAmount } from "@copilot-llm/quota";
import { encodeNullableTime } from "../../http/encode-time.js";
import { encodeKeyView } from "../keys/encode.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { withoutUndefined } from "../route/without-undefined.js";
import { encodeSession } from "../sessions/encode.js";
import { encodeTurn } from "../sessions/encode-turn.js";
import { encodeOwnTurn } from "./encode-own-turn.js";
import { getOwnKey, getOwnUsage, listOwnSessions, listOwnSessionTurns } from "./operations.js";
import { readOwnUsage } from "./own-usage.js";
import type { OwnKey } from "./schemas.js";

export interface OwnKeyRouteOptions {
  readonly provider: Pick<
    Provider,
    "keys" | "statistics" | "reportByTeam" | "sessions" | "settings" | "titles" | "turns"
  >;
  readonly clock: Clock;
}

/** What whoever holds a key can see of it, and nothing else. */
export function addOwnKeyRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: OwnKeyRouteOptions): void {
  app.openapi(route(getOwnKey), async (context) => {
    context.header("cache-control", "no-store");
    const own = encodeOwnKey(await provider.keys.find(context.get("key").id), clock.nowMs());
    return context.json({ ...own, sees_sessions: provider.settings.read().holdersSeeSessions }, 200);
  });

  app.openapi(route(getOwnUsage), async (context) => {
    const { days, tz: timeZone = "UTC" } = context.req.valid("query");
    context.header("cache-control", "no-store");
    const usage = { keyId: context.get("key").id, days, timeZone, nowMs: clock.nowMs() };
    return context.json(await readOwnUsage(provider, usage), 200);
  });

  app.openapi(route(listOwnSessions), async (context) => {
    assertHoldersSeeSessions(provider.settings);
    const { limit, cursor } = context.req.valid("query");
    const page = await provider.sessions.list({ key: context.get("key").id, limit, ...withoutUndefined({ cursor }) });
    const sessions = page.sessions.map(async (summary) => {
      const session = encodeSession(summary, await provider.titles.titleOf(summary));
      const { token_aliases: _tokens, key_id: _key, key_alias: _alias, ...own } = session;
      return own;
    });
    context.header("cache-control", "no-store");
    return context.json({ sessions: await Promise.all(sessions), next_cursor: page.nextCursor }, 200);
  });

  app.openapi(route(listOwnSessionTurns), async (context) => {
    assertHoldersSeeSessions(provider.settings);
    const { limit, cursor = null } = context.req.valid("query");
    const keyId = context.get("key").id;
    const page = await provider.turns.page(context.req.valid("param").id, { limit, cursor, keyId });
    context.header("cache-control", "no-store");
    const turns = page.turns.map((turn) => encodeOwnTurn(encodeTurn(turn)));
    return context.json({ turns, next_cursor: page.nextCursor }, 200);
  });
}

function assertHoldersSeeSessions(settings: OwnKeyRouteOptions["provider"]["settings"]): void {
  if (settings.read().holdersSeeSessions) return;
  throw new GatewayError("permission_denied", "Sessions are not shown to holders of keys, as the settings have it.");
}

function encodeOwnKey(view: KeyView, nowMs: number): Omit<OwnKey, "sees_sessions"> {
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
