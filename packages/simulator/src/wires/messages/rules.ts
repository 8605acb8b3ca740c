import { isJsonObject, type JsonObject, numberOf, objectsOf, stringOf } from "../../json-value.js";
import type { Quirks } from "../../quirks.js";
import { createAnthropicError, createBedrockError, createServiceError, type Refusal } from "../refusal.js";
import type { RequestRule } from "../request-rule.js";

const acceptedBetas = [
  /^interleaved-thinking-2025-05-14$/,
  /^context-management-2025-06-27$/,
  /^advanced-tool-use-2025-11-20$/,
  /^compact-2026-01-12$/,
  /^computer-use-/,
  /^fine-grained-tool-streaming-/,
  /^context-1m/,
];
const acceptedServerTools = /^(custom|bash_|text_editor_|memory_|computer_|tool_search_)/;
const knownFields = new Set([
  "model",
  "max_tokens",
  "messages",
  "system",
  "stream",
  "temperature",
  "top_p",
  "top_k",
  "stop_sequences",
  "tools",
  "tool_choice",
  "thinking",
  "metadata",
  "output_config",
  "output_format",
  "context_management",
  "service_tier",
  "container",
]);
const maximumBreakpoints = 4;
const maximumOutputTokens = 128_000;

const refuse = (message: string, code = "invalid_request_body") => createServiceError(400, message, code);

/** An unknown field, in the shape of the back-end that finds it. */
function extraInput(path: string, backend: Quirks["messagesBackend"]): Refusal {
  const message = `${path}: Extra inputs are not permitted`;
  if (backend === "bedrock") return createBedrockError(400, message);
  return backend === "anthropic" ? createAnthropicError(400, message) : refuse(message);
}

const unsupportedBeta: RequestRule = {
  name: "unsupported-beta",
  check: ({ header }) => {
    const betas = (header("anthropic-beta") ?? "").split(",").map((beta) => beta.trim());
    const unknown = betas.filter((beta) => beta !== "" && !acceptedBetas.some((accepted) => accepted.test(beta)));
    return unknown.length === 0 ? undefined : refuse(`unsupported beta header(s): ${unknown.join(", ")}`);
  },
};

const requiredFields: RequestRule = {
  name: "required-fields",
  check: ({ body }) => {
    if (numberOf(body.max_tokens) === undefined) return createAnthropicError(400, "max_tokens: Field required");
    if (objectsOf(body.messages).length > 0) return undefined;
    return createAnthropicError(400, "messages: at least one message is required");
  },
};

const unknownField: RequestRule = {
  name: "unknown-field",
  check: ({ body, quirks }) => {
    const field = Object.keys(body).find((name) => !knownFields.has(name));
    return field === undefined ? undefined : extraInput(field, quirks.messagesBackend);
  },
};

const unknownMessageField: RequestRule = {
  name: "unknown-message-field",
  check: ({ body, quirks }) => {
    for (const [index, message] of objectsOf(body.messages).entries()) {
      const field = Object.keys(message).find((name) => name !== "role" && name !== "content");
      if (field !== undefined) return extraInput(`messages.${index}.${field}`, quirks.messagesBackend);
    }
    return undefined;
  },
};

const systemRole: RequestRule = {
  name: "system-role",
  check: ({ body }) =>
    objectsOf(body.messages).some((message) => message.role !== "user" && message.role !== "assistant")
      ? createAnthropicError(
          400,
          'messages: Unexpected role "system". The Messages API accepts a top-level `system` parameter.',
        )
      : undefined,
};

const rejectedTools: RequestRule = {
  name: "rejected-tools",
  check: ({ body }) => {
    const types = objectsOf(body.tools)
      .map((tool) => stringOf(tool.type))
      .filter((type) => type !== "" && !acceptedServerTools.test(type));
    if (types.length === 0) return undefined;
    if (types.some((type) => type.startsWith("web_search"))) {
      return refuse("The use of the web search tool is not supported.", "unsupported_value");
    }
    return refuse(`rejected tool(s): ${types.map((type) => type.replace(/_\d{8}$/, "")).join(", ")}`);
  },
};

const unsupportedToolField: RequestRule = {
  name: "unsupported-tool-field",
  check: ({ body, quirks }) => {
    const index = objectsOf(body.tools).findIndex((tool) => tool.eager_input_streaming !== undefined);
    return index < 0 ? undefined : extraInput(`tools.${index}.custom.eager_input_streaming`, quirks.messagesBackend);
  },
};

/** `cache_control.scope` in the three shapes that the back-ends answer with. */
const cacheControlScope: RequestRule = {
  name: "cache-control-scope",
  check: ({ body, quirks }) => {
    const found = findCacheControls(body).find(({ control }) => control.scope !== undefined);
    if (found === undefined) return undefined;
    return quirks.messagesBackend === "bedrock"
      ? createBedrockError(400, "cache_control: Extra inputs are not permitted")
      : extraInput(`${found.path}.cache_control.ephemeral.scope`, quirks.messagesBackend);
  },
};

const tooManyBreakpoints: RequestRule = {
  name: "too-many-cache-breakpoints",
  check: ({ body }) => {
    const count = findCacheControls(body).length;
    const message = `A maximum of ${maximumBreakpoints} blocks with cache_control may be provided. Found ${count}.`;
    return count > maximumBreakpoints ? createAnthropicError(400, message) : undefined;
  },
};

const cacheControlInToolResult: RequestRule = {
  name: "cache-control-in-tool-result",
  check: ({ body, quirks }) => {
    const found = findCacheControls(body).find(({ path }) => /\.content\.\d+\.content\.\d+$/.test(path));
    return found === undefined ? undefined : extraInput(`${found.path}.cache_control`, quirks.messagesBackend);
  },
};

const externalImage: RequestRule = {
  name: "external-image",
  check: ({ body }) => (hasUrlImage(body.messages) ? refuse("external image URLs are not supported", "") : undefined),
};

const assistantPrefill: RequestRule = {
  name: "assistant-prefill",
  check: ({ body, model }) =>
    model.refusesPrefill && objectsOf(body.messages).at(-1)?.role === "assistant"
      ? createAnthropicError(
          400,
          "This model does not support assistant message prefill. The conversation must end with a user message.",
        )
      : undefined,
};

const outputLimit: RequestRule = {
  name: "output-limit",
  check: ({ body }) =>
    (numberOf(body.max_tokens) ?? 0) > maximumOutputTokens
      ? createBedrockError(400, `The maximum tokens you requested exceeds the model limit of ${maximumOutputTokens}`)
      : undefined,
};

const thinkingBudget: RequestRule = {
  name: "thinking-budget",
  check: ({ body }) => {
    const budget = isJsonObject(body.thinking) ? numberOf(body.thinking.budget_tokens) : undefined;
    if (budget === undefined || budget < (numberOf(body.max_tokens) ?? 0)) return undefined;
    return createAnthropicError(400, "`max_tokens` must be greater than `thinking.budget_tokens`.");
  },
};

const structuredOutputOnVertex: RequestRule = {
  name: "structured-output-on-vertex",
  check: ({ request, quirks }) =>
    quirks.messagesBackend === "vertex" && request.structuredOutput !== undefined
      ? refuse("structured output is not available on this backend", "FAILED_PRECONDITION")
      : undefined,
};

/** Signatures hold only for the account and the model that they were made for. */
const thinkingSignature: RequestRule = {
  name: "thinking-signature",
  check: ({ body, ids, origin }) => {
    for (const [index, message] of objectsOf(body.messages).entries()) {
      for (const [position, block] of objectsOf(message.content).entries()) {
        if (block.type !== "thinking") continue;
        const issued = ids.originOf(stringOf(block.signature));
        if (issued?.account === origin.account && issued.model === origin.model) continue;
        return refuse(`messages.${index}.content.${position}: Invalid signature in thinking block`);
      }
    }
    return undefined;
  },
};

/** Calls and results must pair up in neighbouring turns; consecutive messages of one role are one turn. */
const toolPairing: RequestRule = {
  name: "tool-pairing",
  check: ({ body }) => {
    const turns = mergeTurns(objectsOf(body.messages));
    for (const [index, blocks] of turns.entries()) {
      const next = turns[index + 1];
      const unanswered = blocks.find(
        (block) =>
          block.type === "tool_use" && next !== undefined && !next.some((other) => other.tool_use_id === block.id),
      );
      if (unanswered !== undefined) {
        const id = stringOf(unanswered.id);
        return createAnthropicError(
          400,
          `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${id}.`,
        );
      }
      const orphan = blocks.find(
        (block) => block.type === "tool_result" && !turns[index - 1]?.some((other) => other.id === block.tool_use_id),
      );
      if (orphan !== undefined) {
        const id = stringOf(orphan.tool_use_id);
        return createAnthropicError(
          400,
          `messages.${index}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}.`,
        );
      }
    }
    return undefined;
  },
};

/** What `/v1/messages` refuses. */
export const messagesRules: readonly RequestRule[] = [
  unsupportedBeta,
  requiredFields,
  unknownField,
  systemRole,
  unknownMessageField,
  rejectedTools,
  unsupportedToolField,
  cacheControlScope,
  tooManyBreakpoints,
  cacheControlInToolResult,
  externalImage,
  assistantPrefill,
  outputLimit,
  thinkingBudget,
  structuredOutputOnVertex,
  thinkingSignature,
  toolPairing,
];

/** Every `cache_control` below a value, with the path of its owner. Free-form JSON (tool inputs, schemas) is left out. */
function findCacheControls(value: unknown, path = ""): { path: string; control: JsonObject }[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => findCacheControls(item, join(path, String(index))));
  if (!isJsonObject(value)) return [];
  const own = isJsonObject(value.cache_control) ? [{ path, control: value.cache_control }] : [];
  const below = ["system", "tools", "messages", "content"].flatMap((key) =>
    findCacheControls(value[key], join(path, key)),
  );
  return [...own, ...below];
}

function mergeTurns(messages: readonly JsonObject[]): JsonObject[][] {
  const turns: JsonObject[][] = [];
  for (const [index, message] of messages.entries()) {
    const blocks = objectsOf(message.content);
    if (index > 0 && messages[index - 1]?.role === message.role) turns.at(-1)?.push(...blocks);
    else turns.push([...blocks]);
  }
  return turns;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

function hasUrlImage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUrlImage);
  if (!isJsonObject(value)) return false;
  const remote = value.type === "image" && isJsonObject(value.source) && value.source.type === "url";
  return remote || hasUrlImage(value.content);
}
