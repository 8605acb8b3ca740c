import { createRule } from "../../service-rules/service-rule.js";
import { limitCacheBreakpoints } from "../limit-cache-breakpoints.js";

/** The last four breakpoints, where the service takes them. */
export const fitCacheMarks = createRule({
  name: "cache-control-limits",
  source: "docs/copilot-service.md#messages-cache-marks, caozhiyuan/copilot-api#241",
  rewrite: limitCacheBreakpoints,
});
