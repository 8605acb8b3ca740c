import { byBudgetCount, byLimitName } from "@copilot-llm/quota";
import type { CreateTeamBody, TeamBody, TeamList, UpdateTeamBody } from "./schemas.js";

const limits = { ...byLimitName(({ example }) => example), limit_period: "month" } as const;

export const teamView: TeamBody = {
  id: "team_01KB6M3T7Z8W2Q4R",
  name: "platform",
  created_at: "2026-05-01T08:00:00.000Z",
  ...limits,
  key_ids: ["key_01KB6M3T7Z8W2Q4R"],
  ...byBudgetCount(() => 96),
};

export const teamList: TeamList = { teams: [teamView] };

export const createTeamBody: CreateTeamBody = { name: "platform", ...limits };

export const updateTeamBody: UpdateTeamBody = { limit_period: "day" };
