import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { dropTools, rewriteObjects, withMember, withoutMembers } from "../body/rewrite.js";
import { nearestEffort } from "../canonical/nearest-effort.js";
import { isSealed } from "../canonical/seal-reasoning.js";
import type { Quirk } from "../codec/quirk.js";
import { limitCacheBreakpoints } from "./limit-cache-breakpoints.js";
import { billingHeaderPrefix, serviceFields } from "./wire.js";

const refusedTools = /^(?:web_search|web_fetch|code_execution)/;
const refusesPrefill = /^claude-sonnet-5/;
const carryOn = "Go on exactly where your last message ends, without repeating it.";

/** What the service's Messages endpoint refuses. */
export const quirks: readonly Quirk[] = [
  {
    // docs/copilot-service.md#messages-fields
    name: "unsupported-fields",
    rewrite(body) {
      const tools = rewriteObjects(body.tools, (tool) => withoutMembers(tool, ["eager_input_streaming"]));
      const unknown = Object.keys(body).filter((name) => !serviceFields.has(name));
      return withMember(withoutMembers(body, unknown), "tools", tools);
    },
  },
  {
    // docs/copilot-service.md#messages-server-tools
    name: "server-tools-refused",
    rewrite: (body) => dropTools(body, (tool) => refusedTools.test(String(tool.type))),
  },
  {
    // docs/copilot-service.md#messages-fields
    name: "messages-have-role-and-content-only",
    rewrite(body) {
      const messages = rewriteObjects(body.messages, (message) => {
        const extra = Object.keys(message).filter((name) => name !== "role" && name !== "content");
        return withoutMembers(message, extra);
      });
      return withMember(body, "messages", messages);
    },
  },
  {
    // docs/copilot-service.md#messages-fields
    name: "system-role-only-on-top",
    rewrite(body) {
      const messages = rewriteObjects(body.messages, (message) =>
        message.role === "system" ? { ...message, role: "user", content: wrapSystem(message.content) } : message,
      );
      return withMember(body, "messages", messages);
    },
  },
  {
    // docs/client-requirements.md#session-header-in-system
    name: "session-header-spoils-the-cache",
    rewrite(body) {
      const system = rewriteObjects(body.system, (block) =>
        typeof block.text === "string" && block.text.startsWith(billingHeaderPrefix) ? null : block,
      );
      const isEmptied = system !== body.system && isArray(system) && system.length === 0;
      return isEmptied ? withoutMembers(body, ["system"]) : withMember(body, "system", system);
    },
  },
  {
    // docs/copilot-service.md#messages-cache-marks
    name: "cache-control-limits",
    rewrite: limitCacheBreakpoints,
  },
  {
    // docs/copilot-service.md#sealed-reasoning
    name: "reasoning-sealed-for-another-wire",
    rewrite(body) {
      const messages = rewriteObjects(body.messages, (message) => {
        if (message.role !== "assistant") return message;
        const content = rewriteObjects(message.content, (block) => (isForeignThinking(block) ? null : block));
        if (isArray(content) && content.length === 0 && content !== message.content) return null;
        return withMember(message, "content", content);
      });
      return withMember(body, "messages", messages);
    },
  },
  {
    // docs/copilot-service.md#messages-thinking
    name: "thinking-as-the-model-takes-it",
    rewrite(body, { model }) {
      if (model === null) return body;
      const { supports } = model;
      const thinks = supports.adaptiveThinking || supports.maxThinkingBudgetTokens !== null;
      const thinking = isObject(body.thinking) ? body.thinking : null;
      const asksThinking = thinking?.type === "adaptive" || thinking?.type === "enabled";
      const fitted =
        asksThinking && !thinks ? withoutMembers(body, ["thinking"]) : fitAdaptive(body, thinking, supports);
      return fitEffort(fitted, supports.reasoningEfforts);
    },
  },
  {
    // docs/copilot-service.md#messages-prefill
    name: "prefill-refused",
    rewrite(body, { modelId }) {
      const last = isArray(body.messages) ? body.messages.at(-1) : undefined;
      if (!refusesPrefill.test(modelId) || !isObject(last) || last.role !== "assistant") return body;
      const messages = [...(body.messages as readonly JsonValue[]), { role: "user", content: carryOn }];
      return { ...body, messages };
    },
  },
];

function wrapSystem(content: JsonValue | undefined): JsonValue | undefined {
  if (typeof content === "string") return `<system>\n${content}\n</system>`;
  return rewriteObjects(content, (block) =>
    typeof block.text === "string" ? { ...block, text: `<system>\n${block.text}\n</system>` } : block,
  );
}

function isForeignThinking(block: JsonObject): boolean {
  const sealed = block.type === "thinking" ? block.signature : block.type === "redacted_thinking" ? block.data : null;
  return typeof sealed === "string" && isSealed(sealed);
}

/** A model that thinks by budgets only gets the largest that fits below the answer's limit. */
function fitAdaptive(
  body: JsonObject,
  thinking: JsonObject | null,
  supports: { readonly adaptiveThinking: boolean; readonly maxThinkingBudgetTokens: number | null },
): JsonObject {
  if (thinking?.type !== "adaptive" || supports.adaptiveThinking) return body;
  const limit = typeof body.max_tokens === "number" ? body.max_tokens - 1 : Infinity;
  const budget = Math.min(supports.maxThinkingBudgetTokens ?? 0, limit);
  if (budget < 1024) return withoutMembers(body, ["thinking"]);
  return { ...body, thinking: { ...thinking, type: "enabled", budget_tokens: budget } };
}

/** `output_config.effort "xhigh" is not supported by model …`: the nearest that the model has stands for it. */
function fitEffort(body: JsonObject, known: readonly string[]): JsonObject {
  const config = isObject(body.output_config) ? body.output_config : null;
  if (config === null || typeof config.effort !== "string" || known.includes(config.effort)) return body;
  const effort = nearestEffort(config.effort, known);
  const fitted = known.length === 0 ? withoutMembers(config, ["effort"]) : { ...config, effort };
  return Object.keys(fitted).length === 0
    ? withoutMembers(body, ["output_config"])
    : { ...body, output_config: fitted };
}
