import { rewriteObjects, withMember, withoutMembers } from "../../body/rewrite.js";
import { createRule, type RuleStep } from "../../service-rules/service-rule.js";
import { placeAutomaticMark } from "../automatic-mark.js";
import { serviceFields } from "../wire.js";

const mostOutputTokens = 128_000;

/** Top-level fields. */
export const fitFields: readonly RuleStep[] = [
  createRule({
    name: "cache-marks-stand-on-blocks",
    source: "docs/copilot-service.md#messages-fields",
    rewrite: placeAutomaticMark,
  }),
  createRule({
    name: "unsupported-fields",
    source: "docs/copilot-service.md#messages-fields",
    rewrite(body) {
      const tools = rewriteObjects(body.tools, (tool) => withoutMembers(tool, ["eager_input_streaming"]));
      const unknown = Object.keys(body).filter((name) => !serviceFields.has(name));
      return withMember(withoutMembers(body, unknown), "tools", tools);
    },
  }),
  createRule({
    name: "output-limit-of-the-service",
    source: "captures of the service",
    rewrite: (body) =>
      typeof body.max_tokens === "number" && body.max_tokens > mostOutputTokens
        ? { ...body, max_tokens: mostOutputTokens }
        : body,
  }),
];
