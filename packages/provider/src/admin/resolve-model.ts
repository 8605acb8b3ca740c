import type { Settings } from "@copilot-llm/model";
import { closeMatches } from "@copilot-llm/protocols";
import type { ModelDirectory, NamedModel } from "../models/model-directory.js";

const maxSuggestions = 5;

/** Where a name leads now. */
export interface ModelResolution {
  /** Null: no token of the pool has such a model. */
  readonly found: NamedModel | null;
  /** What the settings say the name stands for, whether that model exists or not. */
  readonly aliasOf: string | null;
  /** Ids that may have been meant, the likeliest first; none when the name leads somewhere. */
  readonly closeMatches: readonly string[];
}

export function resolveModel(
  models: Pick<ModelDirectory, "list" | "lookUp">,
  { modelAliases }: Pick<Settings, "modelAliases">,
  name: string,
): ModelResolution {
  const found = models.lookUp(name, modelAliases);
  const ids = found === null ? models.list(null).map(({ id }) => id) : [];
  return {
    found,
    aliasOf: Object.hasOwn(modelAliases, name) ? (modelAliases[name] ?? null) : null,
    closeMatches: closeMatches(name, ids, maxSuggestions),
  };
}
