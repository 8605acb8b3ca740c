import type { CreateTeamBody } from "@copilot-llm/gateway/admin-api";
import { byLimitName } from "@copilot-llm/quota/key-limits";
import type { Team } from "#lib/api/use-teams";
import {
  checkLimits,
  createKeyFormValues,
  type KeyFormProblems,
  type KeyFormValues,
  parseLimit,
} from "../keys/key-settings";

/** What the form holds, limits as typed. */
export interface TeamFormValues extends Pick<KeyFormValues, "limits" | "limitPeriod"> {
  name: string;
}

export type TeamFormProblems = Omit<KeyFormProblems, "alias" | "expiresAt"> & { name?: "required" };

/** The form of a new team, whose limits begin anew each month, or of one that exists. */
export function createTeamForm(team?: Team): TeamFormValues {
  if (team === undefined) return { name: "", limits: createKeyFormValues().limits, limitPeriod: "month" };
  const limits = byLimitName(({ name }) => (team[name] === null ? "" : String(team[name])));
  return { name: team.name, limits, limitPeriod: team.limit_period };
}

/** What must be mended before the form is sent, by field; empty when nothing. */
export function checkTeamForm({ name, limits }: TeamFormValues): TeamFormProblems {
  return { ...checkLimits(limits), ...(name.trim() === "" ? { name: "required" } : {}) };
}

/** The team that a form without problems stands for; `null` takes a limit away. */
export function encodeTeamForm({ name, limits, limitPeriod }: TeamFormValues): CreateTeamBody {
  return {
    name: name.trim(),
    ...byLimitName((limit) => parseLimit(limits[limit.name])),
    limit_period: limitPeriod,
  };
}
