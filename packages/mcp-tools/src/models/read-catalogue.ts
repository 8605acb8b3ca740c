import { chooseDefaultModel } from "./choose-default-model.js";
import type { Catalogue, Model } from "./model-schema.js";

export interface ModelSource {
  listModels(signal: AbortSignal): Promise<readonly Model[]>;
}

export async function readCatalogue(
  source: ModelSource,
  defaultModel: string | null,
  signal: AbortSignal,
): Promise<Catalogue> {
  const models = await source.listModels(signal);
  return { models: [...models], default_model: defaultModel ?? chooseDefaultModel(models)?.id ?? null };
}
