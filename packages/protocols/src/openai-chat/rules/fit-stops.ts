import { withoutMembers } from "../../body/rewrite.js";
import { isInFamily } from "../../service-rules/model-family.js";
import type { RuleStep, ServiceRule } from "../../service-rules/service-rule.js";
import { stopSequences } from "../stop-sequences.js";

const noStops: ServiceRule = {
  name: "stop-unsupported",
  source: "hermes-agent PR#91313",
  models: "openai-reasoning",
};
const fourStops: ServiceRule = { name: "at-most-four-stops", source: "OpenAI's API" };
const mostStops = 4;

/** Stop sequences: at those that do not go up the gateway cuts the answer itself. */
export const fitStops: RuleStep = {
  rules: [noStops, fourStops],
  fit(body, { name }, applied) {
    const stops = stopSequences(body);
    if (stops.length === 0) return body;
    if (isInFamily(name, "openai-reasoning")) {
      applied.add(noStops.name);
      return withoutMembers(body, ["stop"]);
    }
    if (stops.length <= mostStops) return body;
    applied.add(fourStops.name);
    return { ...body, stop: stops.slice(0, mostStops) };
  },
};
