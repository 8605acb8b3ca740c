import type { StatsSplit } from "#lib/api/use-stats";
import type { Narrowing } from "#lib/narrowing";
import type { UsageViewState } from "./use-usage-view";

export interface UsageGrouping {
  group: UsageViewState["group"];
  splitBy: StatsSplit | undefined;
}

/**
 * What rows are by, of what the view asks for and the gateway keeps. With a filter there is one dimension besides it,
 * and teams are of all requests.
 */
export function resolveGrouping(
  { group, subgroup }: Pick<UsageViewState, "group" | "subgroup">,
  narrowing: Narrowing | null,
): UsageGrouping {
  const splitBy = subgroup === "none" || subgroup === group ? undefined : subgroup;
  if (narrowing === null) return { group, splitBy };
  const { dimension } = narrowing;
  const isKept = group === dimension || splitBy === dimension;
  return { group: group === "team" ? "model" : group, splitBy: isKept && group !== "team" ? splitBy : undefined };
}
