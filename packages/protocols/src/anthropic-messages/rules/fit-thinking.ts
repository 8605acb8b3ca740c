import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { withoutMembers } from "../../body/rewrite.js";
import { nearestEffort } from "../../canonical/nearest-effort.js";
import { createRule, type RuleContext, type RuleStep } from "../../service-rules/service-rule.js";
import { thinkingOf, withoutThinking } from "../thinking-of.js";

const leastBudget = 1024;

/** Whether and how much the model may think. */
export const fitThinking: readonly RuleStep[] = [
  createRule({
    name: "thinking-as-the-model-takes-it",
    source: "docs/copilot-service.md#messages-thinking",
    rewrite(body, { model: { supports } }) {
      const thinks = supports.adaptiveThinking || supports.maxThinkingBudgetTokens !== null;
      const fitted = !thinks && thinkingOf(body) !== null ? withoutThinking(body) : fitAdaptive(body, supports);
      return fitEffort(fitted, supports.reasoningEfforts);
    },
  }),
  createRule({
    name: "no-thinking-before-a-forced-tool",
    source: "CLIProxyAPI#338",
    rewrite(body) {
      const choice = isObject(body.tool_choice) ? body.tool_choice.type : null;
      return (choice === "any" || choice === "tool") && thinkingOf(body) !== null ? withoutThinking(body) : body;
    },
  }),
  createRule({
    name: "budget-below-the-limit",
    source: "CLIProxyAPI#420",
    rewrite(body) {
      const thinking = thinkingOf(body);
      const budget = thinking?.budget_tokens;
      if (thinking?.type !== "enabled" || typeof budget !== "number") return body;
      const most = typeof body.max_tokens === "number" ? body.max_tokens - 1 : budget;
      if (most < leastBudget) return withoutThinking(body);
      const fitted = Math.min(most, Math.max(leastBudget, budget));
      return fitted === budget ? body : { ...body, thinking: { ...thinking, budget_tokens: fitted } };
    },
  }),
  createRule({
    name: "turns-under-way-begin-with-thinking",
    source: "CLIProxyAPI#1078",
    rewrite(body, { model }) {
      const thinking = thinkingOf(body);
      if (thinking?.type !== "enabled" || !lacksThinking(body.messages)) return body;
      if (!model.supports.adaptiveThinking) return withoutThinking(body);
      return { ...body, thinking: { ...withoutMembers(thinking, ["budget_tokens"]), type: "adaptive" } };
    },
  }),
];

/** A model that thinks by budgets only gets the largest that fits below the answer's limit. */
function fitAdaptive(body: JsonObject, supports: RuleContext["model"]["supports"]): JsonObject {
  const thinking = thinkingOf(body);
  if (thinking?.type !== "adaptive" || supports.adaptiveThinking) return body;
  const limit = typeof body.max_tokens === "number" ? body.max_tokens - 1 : Number.POSITIVE_INFINITY;
  const budget = Math.min(supports.maxThinkingBudgetTokens ?? 0, limit);
  if (budget < leastBudget) return withoutThinking(body);
  return { ...body, thinking: { ...thinking, type: "enabled", budget_tokens: budget } };
}

/** `output_config.effort "xhigh" is not supported by model …`: the nearest that the model has stands for it. */
function fitEffort(body: JsonObject, known: readonly string[]): JsonObject {
  const config = isObject(body.output_config) ? body.output_config : null;
  if (config === null || typeof config.effort !== "string" || known.includes(config.effort)) return body;
  const fitted =
    known.length === 0
      ? withoutMembers(config, ["effort"])
      : { ...config, effort: nearestEffort(config.effort, known) };
  return Object.keys(fitted).length === 0
    ? withoutMembers(body, ["output_config"])
    : { ...body, output_config: fitted };
}

/** True for an answer that is under way, called a tool and does not begin with its thought. */
function lacksThinking(messages: JsonValue | undefined): boolean {
  if (!isArray(messages)) return false;
  let first: JsonValue | undefined;
  let hasCalled = false;
  let isQuestion = false;
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    if (!isObject(message)) continue;
    const previous = messages[index + 1];
    if (message.role === "user") {
      // Messages of the user that follow each other are one turn; with results in it the answer goes on.
      const begins = !isObject(previous) || previous.role !== "user";
      isQuestion = (begins || isQuestion) && !holds(message, "tool_result");
      continue;
    }
    if (isQuestion) break;
    hasCalled ||= holds(message, "tool_use");
    first = isArray(message.content) ? message.content[0] : message.content;
  }
  return hasCalled && !(isObject(first) && (first.type === "thinking" || first.type === "redacted_thinking"));
}

function holds({ content }: JsonObject, type: string): boolean {
  return isArray(content) && content.some((block) => isObject(block) && block.type === type);
}
