import { GatewayError, type JsonValue } from "@copilot-llm/model";
import { isArray } from "../body/json.js";
import { withoutMembers } from "../body/rewrite.js";
import { createRule, type RuleContext, type RuleStep } from "../service-rules/service-rule.js";

/** What the service's embeddings endpoint takes otherwise. */
export const rules: readonly RuleStep[] = [
  createRule({
    name: "embeddings-input-is-a-list-of-texts",
    source: "docs/copilot-service.md#embeddings-input, ericc-ch/copilot-api#59",
    rewrite(body, context) {
      const { input } = body;
      if (typeof input === "string") return { ...body, input: [input] };
      if (!isArray(input) || input.every((item) => typeof item === "string")) return body;
      const lists = typeof input[0] === "number" ? [input] : input;
      return { ...body, input: lists.map((tokens) => decodeTokens(tokens, context)) };
    },
  }),
  createRule({
    // The answer always holds numbers; `encodeEmbeddings` gives the client the form it asked for.
    name: "embeddings-are-always-floats",
    source: "docs/copilot-service.md#embeddings-input",
    rewrite: (body) => withoutMembers(body, ["encoding_format"]),
  }),
];

function decodeTokens(tokens: JsonValue, context: RuleContext): string {
  if (context.decodeTokens === undefined || !isArray(tokens)) {
    throw new GatewayError("invalid_request", "Token arrays are not supported for this model; send text.", {
      param: "input",
    });
  }
  return context.decodeTokens(tokens.filter((token) => typeof token === "number"));
}
