import { GatewayError, type JsonObject, type JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";

/** The vectors of all answers, numbered through, with the sum of what they cost. */
export function joinAnswers(answers: readonly JsonObject[]): JsonObject {
  const [first = {}] = answers;
  const data = answers.flatMap(dataOf).map((item, index) => (isObject(item) ? { ...item, index } : item));
  const usages = answers.map(({ usage }) => (isObject(usage) ? usage : {}));
  const names = [...new Set(usages.flatMap((usage) => Object.keys(usage)))];
  const usage = Object.fromEntries(names.map((name) => [name, sum(usages.map((one) => one[name]))]));
  const costs = answers.map(mapNanoAiu);
  const copilotUsage = costs.some((cost) => cost !== null) ? { copilot_usage: { total_nano_aiu: sum(costs) } } : {};
  return { ...first, data, usage, ...copilotUsage };
}

function dataOf({ data }: JsonObject): readonly JsonValue[] {
  if (isArray(data)) return data;
  throw new GatewayError("upstream_error", "The upstream's answer holds no embeddings.");
}

function sum(values: readonly (JsonValue | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (typeof value === "number" ? value : 0), 0);
}
