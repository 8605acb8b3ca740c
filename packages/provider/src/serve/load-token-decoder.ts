import { type CatalogueModel, GatewayError, type JsonValue } from "@copilot-llm/model";
import { loadTokenizer, type RequestPeek } from "@copilot-llm/protocols";

/**
 * Turns token arrays, which LangChain sends for embeddings, back into text, all that the service takes (upstream.md B9).
 * Undefined when the input holds none. The decoder throws `invalid_request` for numbers that are no tokens.
 */
export async function loadTokenDecoder(
  peek: RequestPeek,
  model: CatalogueModel,
): Promise<((tokens: readonly number[]) => string) | undefined> {
  const { input } = peek.body;
  if (!isList(input) || !input.some((item) => typeof item === "number" || isList(item))) return undefined;
  const tokenizer = await loadTokenizer(model);
  return (tokens) => {
    try {
      return tokenizer.decodeTokens(tokens);
    } catch (cause) {
      const message = `\`input\` holds a number that is no token of \`${model.id}\`.`;
      throw new GatewayError("invalid_request", message, { param: "input", cause });
    }
  };
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
