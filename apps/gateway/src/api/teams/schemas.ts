import { byBudgetCount } from "@copilot-llm/quota";
import { z } from "@hono/zod-openapi";
import { keyAllowance } from "../keys/schemas.js";
import { closedObject } from "../route/closed-object.js";
import { alias, amount, count, time } from "../route/fields.js";

const { allowed_models: _models, recording: _recording, ...limits } = keyAllowance;

const teamSettings = { ...limits, name: alias };

export const createTeamBody = closedObject(teamSettings).partial().required({ name: true }).openapi("CreateTeam");

export const updateTeamBody = closedObject(teamSettings).partial().openapi("UpdateTeam");

export const teamView = z
  .object({
    ...teamSettings,
    id: z.string(),
    created_at: time,
    key_ids: z.array(z.string()).describe("The keys that share these limits."),
    ...byBudgetCount(({ isWhole, noun }) =>
      (isWhole ? count : amount).describe(`How many ${noun} its keys used in the current period.`),
    ),
  })
  .openapi("Team");

export const teamList = z.object({ teams: z.array(teamView) }).openapi("TeamList");

export type CreateTeamBody = z.input<typeof createTeamBody>;
export type UpdateTeamBody = z.input<typeof updateTeamBody>;
export type TeamBody = z.infer<typeof teamView>;
export type TeamList = z.infer<typeof teamList>;
