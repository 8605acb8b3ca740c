import { keyBudgets } from "@copilot-llm/quota";
import { z } from "@hono/zod-openapi";
import { apiKeyView } from "../keys/schemas.js";
import { amount, nullableTime } from "../route/fields.js";

const budget = z.object({
  limit: z.enum(keyBudgets.map(({ name }) => name)),
  allowed: amount,
  used: amount,
  resets_at: nullableTime.describe("When it counts from zero again; null where it never does."),
});

/** What a key's holder may know of it. Whose tokens serve it, and what its makers noted, is not theirs. */
export const ownKey = apiKeyView
  .omit({ github_token_ids: true, created_by: true, note: true, last_client: true, enabled: true })
  .extend({ budgets: z.array(budget).describe("Of each limit of the period what is used.") })
  .openapi("OwnKey");

export type OwnKey = z.infer<typeof ownKey>;
