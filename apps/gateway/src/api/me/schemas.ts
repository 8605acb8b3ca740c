import { keyBudgets } from "@copilot-llm/quota";
import { z } from "@hono/zod-openapi";
import { apiKeyView } from "../keys/schemas.js";
import { pageCursor, requestFacts } from "../requests/schemas.js";
import { amount, nullableTime, time, wholeNumber } from "../route/fields.js";
import { sessionSummary } from "../sessions/schemas.js";
import { sessionTurn } from "../sessions/turn-schemas.js";
import { statsRow, timeZone } from "../statistics/schemas.js";

const budget = z.object({
  limit: z.enum(keyBudgets.map(({ name }) => name)),
  allowed: amount,
  used: amount,
  resets_at: nullableTime.describe("When it counts from zero again; null where it never does."),
});

/** What a key's holder may know of it. Whose tokens serve it, and what its makers noted, is not theirs. */
export const ownKey = apiKeyView
  .omit({ github_token_ids: true, created_by: true, note: true, last_client: true, enabled: true })
  .extend({
    budgets: z.array(budget).describe("Of each limit of the period what is used."),
    sees_sessions: z.boolean().describe("Whether `/api/me/sessions` tells the sessions recorded of it."),
  })
  .openapi("OwnKey");

export const ownUsageQuery = z.object({
  days: wholeNumber(1, 92).default(30).describe("How many days back, today included."),
  tz: timeZone.optional().describe("Whose days are meant; UTC unless given."),
});

/** Whose tokens served is not the holder's. */
const ownStatsRow = statsRow.omit({ split: true, split_label: true, is_other: true });

export const ownUsage = z
  .object({
    from: time,
    to: time,
    totals: ownStatsRow.omit({ group: true, label: true }),
    days: z.array(ownStatsRow).describe("In order, none left out."),
    models: z.array(ownStatsRow).describe("Those with the most requests first."),
  })
  .openapi("OwnUsage");

export const ownSessionQuery = z.object({
  limit: wholeNumber(1, 100).default(20),
  cursor: pageCursor,
});

export const ownSessionPage = z
  .object({
    sessions: z.array(sessionSummary.omit({ token_aliases: true, key_id: true, key_alias: true })),
    next_cursor: z.string().nullable(),
  })
  .openapi("OwnSessionPage");

/** Nor whose tokens were tried. */
const {
  token_id: _token,
  token_alias: _tokenAlias,
  key_id: _key,
  key_alias: _keyAlias,
  attempts: _attempts,
  ...ownFacts
} = requestFacts.shape;

// From the shapes: what is derived from a named schema would keep its name in the API document.
const ownTurn = z.object({ ...sessionTurn.shape, request: z.object(ownFacts) }).openapi("OwnTurn");

export const ownTurnPage = z
  .object({ turns: z.array(ownTurn), next_cursor: z.string().nullable() })
  .openapi("OwnTurnPage");

export type OwnTurn = z.infer<typeof ownTurn>;
export type OwnTurnPage = z.infer<typeof ownTurnPage>;
export type OwnUsage = z.infer<typeof ownUsage>;
export type OwnSessionPage = z.infer<typeof ownSessionPage>;
export type OwnKey = z.infer<typeof ownKey>;
