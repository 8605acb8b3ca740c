import type { JsonObject } from "@copilot-llm/model";
import { encodeOpenaiModel } from "@copilot-llm/protocols";
import type { ModelOverview, ModelResolution } from "@copilot-llm/provider";
import { type ModelOverviewList, type ModelResolutionView, modelOverviewList } from "./schemas.js";

/** As the data routes describe a model, and what only the console's users see. The schema drops what is OpenAI's framing. */
export function encodeModelOverviews(overviews: readonly ModelOverview[]): ModelOverviewList {
  return modelOverviewList.parse({ models: overviews.map(encodeOverview) });
}

export function encodeModelResolution(
  name: string,
  { found, aliasOf, closeMatches }: ModelResolution,
): ModelResolutionView {
  return {
    name,
    model: found?.model.id ?? null,
    via: found?.via ?? null,
    alias_of: aliasOf,
    close_matches: [...closeMatches],
  };
}

function encodeOverview(overview: ModelOverview) {
  const { model, tokens, lackingTokens, aliases, fallbacks } = overview;
  return {
    ...encodeOpenaiModel(model),
    vendor: model.vendor,
    preview: model.preview,
    billing: overview.billing.map(({ unit, billing, tokenIds }) => ({
      unit,
      multiplier: billing.multiplier,
      prices: encodeOpenaiModel({ ...model, billing }).token_prices,
      token_ids: tokenIds,
    })),
    warnings: warningsOf(model.raw),
    aliases,
    fallbacks,
    tokens,
    lacking_tokens: lackingTokens,
  };
}

/** What cannot be read is left out. */
function warningsOf({ warning_messages: messages }: JsonObject) {
  if (!Array.isArray(messages)) return [];
  return (messages as readonly (JsonObject | null)[]).flatMap((entry) =>
    typeof entry?.message === "string"
      ? [{ code: typeof entry.code === "string" ? entry.code : null, message: entry.message }]
      : [],
  );
}
