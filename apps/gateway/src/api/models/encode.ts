import { encodeOpenaiModel } from "@copilot-llm/protocols";
import type { ModelOverview } from "@copilot-llm/provider";
import { type ModelOverviewList, modelOverviewList } from "./schemas.js";

/** As the data routes describe a model, and what only the console's users see. The schema drops what is OpenAI's framing. */
export function encodeModelOverviews(overviews: readonly ModelOverview[]): ModelOverviewList {
  return modelOverviewList.parse({
    models: overviews.map(({ model, tokens, aliases, fallbacks }) => ({
      ...encodeOpenaiModel(model),
      vendor: model.vendor,
      preview: model.preview,
      aliases,
      fallbacks,
      tokens,
    })),
  });
}
