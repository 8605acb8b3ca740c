import { dayMs, GatewayError } from "@copilot-llm/model";
import { isModelAllowed, keyBudgets } from "@copilot-llm/quota";
import { z } from "@hono/zod-openapi";
import type { ApiKeyList, ApiKeyQuery, ApiKeyView } from "./schemas.js";

const expiringWithinMs = 7 * dayMs;

/** What keys are ordered by, and the key that a page ended with. */
const keyCursor = z.tuple([z.union([z.string(), z.number(), z.null()]), z.string()]);
type SortValue = z.infer<typeof keyCursor>[0];

/**
 * The keys that match, in order, from the cursor on. Going on from a cursor misses and repeats none, unless its key is
 * deleted meanwhile: then those with the same value as it may come again. Throws `invalid_request` for a foreign cursor.
 */
export function pageKeys(
  views: readonly ApiKeyView[],
  { limit, cursor, sort, ...filter }: ApiKeyQuery,
  nowMs: number,
): ApiKeyList {
  const wanted = views.filter((view) => isWanted(view, filter, nowMs));
  const valueIn = (view: ApiKeyView) => sortValue(view, sort);
  const direction = sort.startsWith("-") ? -1 : 1;
  const compare = (one: SortValue, other: SortValue) => direction * compareValues(one, other);
  const sorted = wanted.toSorted((one, other) => compare(valueIn(one), valueIn(other)));
  const rest = cursor === undefined ? sorted : goOn(sorted, parseCursor(cursor), valueIn, compare);
  const keys = limit === undefined ? rest : rest.slice(0, limit);
  const last = keys.at(-1);
  return {
    keys,
    total: sorted.length,
    next_cursor: last === undefined || keys.length === rest.length ? null : encodeCursor(valueIn(last), last.id),
  };
}

function goOn(
  sorted: readonly ApiKeyView[],
  [value, id]: z.infer<typeof keyCursor>,
  valueIn: (view: ApiKeyView) => SortValue,
  compare: (one: SortValue, other: SortValue) => number,
): ApiKeyView[] {
  const lastIndex = sorted.findIndex((view) => view.id === id);
  return sorted.filter((view, index) => {
    const order = compare(valueIn(view), value);
    return order > 0 || (order === 0 && index > lastIndex);
  });
}

type KeyFilter = Pick<ApiKeyQuery, "q" | "state" | "model" | "token" | "team">;

function isWanted(view: ApiKeyView, { q, state, model, token, team }: KeyFilter, nowMs: number): boolean {
  return (
    (q === undefined || holds(view, q)) &&
    isInState(view, state, nowMs) &&
    (model === undefined || isModelAllowed({ allowedModels: view.allowed_models }, model)) &&
    (token === undefined || (view.github_token_ids?.includes(token) ?? true)) &&
    (team === undefined || view.team_id === team)
  );
}

function holds({ id, alias, key_preview, note }: ApiKeyView, text: string): boolean {
  return [id, alias, key_preview, note].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}

function isInState(view: ApiKeyView, state: ApiKeyQuery["state"], nowMs: number): boolean {
  if (state === "unused") return view.last_used_at === null;
  if (state !== "expiring") return state === undefined || view.state === state;
  const isUsable = view.state === "active" || view.state === "limited";
  return isUsable && view.expires_at !== null && Date.parse(view.expires_at) - nowMs <= expiringWithinMs;
}

function sortValue(view: ApiKeyView, sort: ApiKeyQuery["sort"]): SortValue {
  switch (sort) {
    case "alias":
    case "-alias":
      return view.alias.toLowerCase();
    case "created_at":
    case "-created_at":
      return view.created_at;
    case "last_used_at":
    case "-last_used_at":
      return view.last_used_at;
    case "expires_at":
    case "-expires_at":
      return view.expires_at;
    case "current_requests":
    case "-current_requests":
      return view.current_requests;
    case "usage":
    case "-usage":
      return usedShare(view);
  }
}

/** Of the budget that will be used up first; null without budgets. */
function usedShare(view: ApiKeyView): number | null {
  const shares = keyBudgets.flatMap(({ name, countName }) => {
    const limit = view[name];
    return limit === null ? [] : [view[countName] / limit];
  });
  return shares.length === 0 ? null : Math.max(...shares);
}

/** Nothing comes before anything. */
function compareValues(one: SortValue, other: SortValue): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return one < other ? -1 : 1;
}

function encodeCursor(value: SortValue, id: string): string {
  return Buffer.from(JSON.stringify([value, id])).toString("base64url");
}

function parseCursor(cursor: string): z.infer<typeof keyCursor> {
  try {
    return keyCursor.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch {
    throw new GatewayError("invalid_request", "The cursor is not one that a page of this list gave.", {
      param: "cursor",
    });
  }
}
