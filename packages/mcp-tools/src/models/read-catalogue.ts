import type { McpBackend } from "../mcp-backend.js";
import { chooseDefaultModel } from "./choose-default-model.js";
import type { Catalogue } from "./model-schema.js";

export async function readCatalogue(
  backend: McpBackend,
  defaultModel: string | null,
  signal: AbortSignal,
): Promise<Catalogue> {
  const models = await backend.listModels(signal);
  return { models: [...models], default_model: defaultModel ?? chooseDefaultModel(models)?.id ?? null };
}
