import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../../body/json.js";
import { withMember } from "../../body/rewrite.js";
import { fitSchema } from "../../service-rules/fit-schema.js";
import { claudeOutput } from "../../service-rules/schema-dialects.js";
import type { RuleStep } from "../../service-rules/service-rule.js";

/** The schema of a structured answer. */
export const fitOutputSchema: RuleStep = {
  rules: claudeOutput.rules,
  fit(body, _context, applied) {
    const fitFormat = (format: JsonObject): JsonObject =>
      isObject(format.schema) ? withMember(format, "schema", fitSchema(format.schema, claudeOutput, applied)) : format;
    const { output_config: config, output_format: format } = body;
    const configured =
      isObject(config) && isObject(config.format) ? withMember(config, "format", fitFormat(config.format)) : config;
    const formatted = isObject(format) ? fitFormat(format) : format;
    return withMember(withMember(body, "output_config", configured), "output_format", formatted);
  },
};
