import type { RuleStep } from "../../service-rules/service-rule.js";
import { fitBlocks } from "./fit-blocks.js";
import { fitCacheMarks } from "./fit-cache-marks.js";
import { fitFields } from "./fit-fields.js";
import { fitOutputSchema } from "./fit-output-schema.js";
import { fitSampling } from "./fit-sampling.js";
import { fitThinking } from "./fit-thinking.js";
import { fitTools } from "./fit-tools.js";
import { fitTurns } from "./fit-turns.js";

/** What the service's Messages endpoint takes otherwise. What may be sampled depends on whether the model thinks. */
export const rules: readonly RuleStep[] = [
  ...fitFields,
  ...fitTools,
  fitOutputSchema,
  fitBlocks,
  ...fitTurns,
  fitCacheMarks,
  ...fitThinking,
  ...fitSampling,
];
