import { type Clock, dayMs } from "@copilot-llm/model";
import type { Provider, TokenInsight } from "@copilot-llm/provider";

/** What is known of tokens beside what is stored of each; both by token id. */
export interface TokenSurroundings {
  readonly insights: ReadonlyMap<string, TokenInsight>;
  /** Failed requests of the last 24 hours; a token without any is absent. */
  readonly recentErrors: ReadonlyMap<string, number>;
  /** Models that others of the pool have and the token lacks; a token that serves nothing at all is absent. */
  readonly excludedModels: ReadonlyMap<string, readonly ExcludedModel[]>;
}

export interface ExcludedModel {
  readonly id: string;
  /** A switch of its account's, or that its account does not have it. */
  readonly reason: "policy" | "not_offered";
}

export interface TokenSurroundingsSource {
  readonly provider: Pick<Provider, "modelOverviews" | "statistics" | "tokenInsights">;
  readonly clock: Clock;
}

/** Of every token, with one look at the statistics. */
export async function readTokenSurroundings({ provider, clock }: TokenSurroundingsSource): Promise<TokenSurroundings> {
  const nowMs = clock.nowMs();
  const { rows } = await provider.statistics.report({ fromMs: nowMs - dayMs, toMs: nowMs + 1, groupBy: "token" });
  const recentErrors = rows.flatMap(({ group, errors }) => (group === null ? [] : [[group, errors] as const]));
  return {
    insights: provider.tokenInsights(),
    recentErrors: new Map(recentErrors),
    excludedModels: listExcludedModels(provider.modelOverviews()),
  };
}

function listExcludedModels(models: ReturnType<Provider["modelOverviews"]>): TokenSurroundings["excludedModels"] {
  const excluded = new Map<string, ExcludedModel[]>();
  for (const { model, lackingTokens } of models) {
    for (const { id, reason } of lackingTokens) {
      if (reason !== "policy" && reason !== "not_offered") continue;
      const known = excluded.get(id);
      if (known === undefined) excluded.set(id, [{ id: model.id, reason }]);
      else known.push({ id: model.id, reason });
    }
  }
  return excluded;
}
