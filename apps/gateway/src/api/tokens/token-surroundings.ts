import { type Clock, dayMs } from "@copilot-llm/model";
import type { Provider, TokenInsight } from "@copilot-llm/provider";

/** What is known of tokens beside what is stored of each; both by token id. */
export interface TokenSurroundings {
  readonly insights: ReadonlyMap<string, TokenInsight>;
  /** Failed requests of the last 24 hours; a token without any is absent. */
  readonly recentErrors: ReadonlyMap<string, number>;
}

export interface TokenSurroundingsSource {
  readonly provider: Pick<Provider, "statistics" | "tokenInsights">;
  readonly clock: Clock;
}

/** Of every token, with one look at the statistics. */
export async function readTokenSurroundings({ provider, clock }: TokenSurroundingsSource): Promise<TokenSurroundings> {
  const nowMs = clock.nowMs();
  const { rows } = await provider.statistics.report({ fromMs: nowMs - dayMs, toMs: nowMs + 1, groupBy: "token" });
  const recentErrors = rows.flatMap(({ group, errors }) => (group === null ? [] : [[group, errors] as const]));
  return { insights: provider.tokenInsights(), recentErrors: new Map(recentErrors) };
}
