import type { TeamView } from "@copilot-llm/provider";
import { byBudgetCount, byLimitName, limitAmount } from "@copilot-llm/quota";
import { encodeTime } from "../../http/encode-time.js";
import type { TeamBody } from "./schemas.js";

export function encodeTeam({ team, keyIds, used }: TeamView): TeamBody {
  const { id, name, createdAtMs, limits } = team;
  return {
    id,
    name,
    created_at: encodeTime(createdAtMs),
    key_ids: [...keyIds],
    ...byLimitName(({ field }) => limits[field]),
    limit_period: limits.limitPeriod,
    ...byBudgetCount(({ unit }) => limitAmount(unit, used[unit])),
  };
}
