import type { CatalogueModel, JsonObject } from "@copilot-llm/model";

export interface QuirkContext {
  readonly modelId: string;
  /** Null when the catalogue does not hold the model. */
  readonly model: CatalogueModel | null;
  /** Text of a token array, by the model's tokenizer; absent where none is at hand. */
  readonly decodeTokens?: (tokens: readonly number[]) => string;
}

/** One thing that the service takes otherwise than its APIs' documentation says. */
export interface Quirk {
  readonly name: string;
  /** The body with the change made; the same object when there is nothing to change. */
  rewrite(body: JsonObject, context: QuirkContext): JsonObject;
}
