import type { CatalogueModel } from "@copilot-llm/model";

/** A model's own division of text into tokens. */
export interface Tokenizer {
  countTokens(text: string): number;
  /** The text of token numbers. Throws for a number that is no token of this encoding. */
  decodeTokens(tokens: readonly number[]): string;
}

/** Names of special tokens are plain text in a client's prompt. */
const asPlainText = { disallowedSpecial: new Set<string>() };

/**
 * The tokenizer that the catalogue names for the model; o200k_base where it names none that is known. The first call for
 * an encoding loads its tables, for about a quarter of a second; until then they cost neither time nor memory.
 */
export async function loadTokenizer(model: Pick<CatalogueModel, "tokenizer">): Promise<Tokenizer> {
  const encoding =
    model.tokenizer === "cl100k_base"
      ? await import("gpt-tokenizer/encoding/cl100k_base")
      : await import("gpt-tokenizer/encoding/o200k_base");
  return {
    countTokens: (text) => encoding.countTokens(text, asPlainText),
    decodeTokens: (tokens) => encoding.decode(tokens),
  };
}
