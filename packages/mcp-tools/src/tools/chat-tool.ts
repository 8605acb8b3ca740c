import { GatewayError, nanoAiuPerCredit } from "@copilot-llm/model";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { RequestHandlerExtra } from "@modelcontextprotocol/sdk/shared/protocol.js";
import type { CallToolResult, ServerNotification, ServerRequest } from "@modelcontextprotocol/sdk/types.js";
import type { ChatAnswer, ChatRequest, ChatTurn } from "../chat/chat-request.js";
import { Conversations, type OpenConversation } from "../conversations/conversations.js";
import type { McpBackend } from "../mcp-backend.js";
import type { McpServerOptions } from "../mcp-server-options.js";
import { chooseDefaultModel } from "../models/choose-default-model.js";
import { type ChatInput, type ChatOutput, chatInputSchema, chatOutputSchema } from "./chat-schema.js";
import { describeError } from "./describe-error.js";
import { parseImage } from "./parse-image.js";
import { ProgressReporter } from "./progress-reporter.js";
import { encodeFailure, encodeResult } from "./tool-results.js";

type Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** Registers `chat`. The conversations last as long as the server. */
export function registerChatTool(server: McpServer, backend: McpBackend, options: McpServerOptions): void {
  const conversations = new Conversations(options.randomness, options.maxConversationCharacters);
  server.registerTool(
    "chat",
    {
      title: "Ask a Copilot model",
      description:
        "Sends a message to a model of GitHub Copilot (GPT, Claude, Gemini, …) and returns its answer. The model sees only what you send: include all it needs to know.",
      inputSchema: chatInputSchema,
      outputSchema: chatOutputSchema,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async (input, extra) => {
      const partial: string[] = [];
      try {
        const conversation = conversations.open(input.conversation_id);
        return await converse(backend, options, conversation, input, extra, partial);
      } catch (error) {
        const sofar = partial.length === 0 ? [] : [`The answer up to there:\n\n${partial.join("")}`];
        return encodeFailure(describeError(error, options.log), ...sofar);
      }
    },
  );
}

async function converse(
  backend: McpBackend,
  options: McpServerOptions,
  conversation: OpenConversation,
  input: ChatInput,
  extra: Extra,
  partial: string[],
): Promise<CallToolResult> {
  const reporter = createReporter(options, extra);
  try {
    const turn: ChatTurn = { role: "user", text: input.message, images: (input.images ?? []).map(parseImage) };
    const request: ChatRequest = {
      model: input.model ?? conversation.state?.model ?? (await defaultModel(backend, options, extra.signal)),
      system: input.system ?? conversation.state?.system ?? null,
      turns: [...(conversation.state?.turns ?? []), turn],
      temperature: input.temperature ?? null,
      maxTokens: input.max_tokens ?? null,
    };
    const answer = await backend.chat(request, {
      signal: extra.signal,
      onText(text) {
        partial.push(text);
        reporter?.add(text);
      },
    });
    const { model, system, turns } = request;
    const reply: ChatTurn = { role: "assistant", text: answer.text, images: [] };
    // A turn without text is refused by some models when it is sent back to them.
    if (answer.text === "") conversation.release();
    else conversation.save({ model, system, turns: [...turns, reply] });
    return encodeAnswer(answer, conversation.id);
  } catch (error) {
    conversation.release();
    throw error;
  } finally {
    await reporter?.end();
  }
}

function createReporter({ clock }: McpServerOptions, extra: Extra): ProgressReporter | null {
  const progressToken = extra._meta?.progressToken;
  if (progressToken === undefined) return null;
  return new ProgressReporter({
    clock,
    send: (progress, text) =>
      extra.sendNotification({
        method: "notifications/progress",
        params: { progressToken, progress, ...(text === undefined ? {} : { message: text }) },
      }),
  });
}

async function defaultModel(backend: McpBackend, options: McpServerOptions, signal: AbortSignal): Promise<string> {
  const model = options.defaultModel ?? chooseDefaultModel(await backend.listModels(signal))?.id;
  if (model === undefined) throw new GatewayError("model_not_found", "There is no chat model that you may use.");
  return model;
}

function encodeAnswer(answer: ChatAnswer, conversationId: string): CallToolResult {
  const { tokens, nanoAiu } = answer.usage;
  const output: ChatOutput = {
    text: answer.text,
    model: answer.model,
    conversation_id: conversationId,
    finish_reason: answer.finishReason,
    usage:
      tokens === null
        ? null
        : {
            input_tokens: tokens.inputTokens,
            output_tokens: tokens.outputTokens,
            cache_read_tokens: tokens.cacheReadTokens,
            cache_write_tokens: tokens.cacheWriteTokens,
            reasoning_tokens: tokens.reasoningTokens,
          },
    credits: nanoAiu === null ? null : nanoAiu / nanoAiuPerCredit,
    request_id: answer.requestId,
  };
  const cut = answer.finishReason === "length" ? "; the answer was cut off by its token limit" : "";
  const note = `[${answer.model}; conversation_id: ${conversationId}${cut}]`;
  return encodeResult([answer.text === "" ? "(The model answered without text.)" : answer.text, note], { ...output });
}
