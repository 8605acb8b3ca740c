import { type CatalogueModel, GatewayError, type JsonObject } from "@copilot-llm/model";
import { isArray } from "../body/json.js";
import { loadTokenizer } from "../count-tokens/load-tokenizer.js";
import type { RuleContext } from "../service-rules/service-rule.js";

/**
 * What turns token arrays, which LangChain sends, back into text, all that the service takes
 * (docs/copilot-service.md#embeddings-input); nothing where the input holds none. The decoder throws `invalid_request`
 * for numbers that are no tokens.
 */
export async function loadTokenDecoder(
  { input }: JsonObject,
  model: CatalogueModel,
): Promise<Pick<RuleContext, "decodeTokens">> {
  if (!isArray(input) || !input.some((item) => typeof item === "number" || isArray(item))) return {};
  const tokenizer = await loadTokenizer(model);
  const decodeTokens = (tokens: readonly number[]): string => {
    try {
      return tokenizer.decodeTokens(tokens);
    } catch (cause) {
      const message = `\`input\` holds a number that is no token of \`${model.id}\`.`;
      throw new GatewayError("invalid_request", message, { param: "input", cause });
    }
  };
  return { decodeTokens };
}
