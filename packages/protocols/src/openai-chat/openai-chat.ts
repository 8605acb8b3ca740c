import { encodeOpenaiError, encodeOpenaiStreamError } from "../codec/encode-openai-error.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import { runMachine } from "../codec/stream-machine.js";
import { formatSseComment } from "../sse/encode-sse-event.js";
import { asksForUsage, decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { streamDecoder } from "./decode-stream.js";
import { createUsageChunkDropper } from "./drop-usage-chunk.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createStreamEncoder } from "./encode-stream.js";
import { fitReasoning } from "./fit-reasoning.js";
import { ignoresSchema } from "./ignores-schema.js";
import { mapUsage } from "./map-usage.js";
import { mergeChoices } from "./merge-choices.js";
import { createObserver } from "./observe-stream.js";
import { createUsageChunkParter } from "./part-usage-chunk.js";
import { peek } from "./peek.js";
import { rules } from "./rules/rules.js";
import { stopSequences } from "./stop-sequences.js";
import { stripReasoning } from "./strip-reasoning.js";
import { dispensable, requestFields } from "./wire.js";

/** OpenAI's Chat Completions. */
export const openaiChat: WireDefinition<"/chat/completions"> = {
  kind: "conversation",
  id: "openai-chat",
  path: "/chat/completions",
  batchEndpoint: { api: "openai", url: "/v1/chat/completions", operation: "generate" },
  answerField: "choices",
  peek,
  encodeHeaders: () => ({}),
  dispensable,
  rules,
  stripReasoning,
  finishAnswer: mergeChoices,
  mapUsage,
  encodeError: encodeOpenaiError,
  storedHistory: null,
  tokenCount: null,

  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(streamDecoder),
  createStreamEncoder: (context) => runMachine(createStreamEncoder(context)),

  requestFields,
  createObserver,
  textOpenings: ['"content":"', '"arguments":"', '"reasoning_text":"', '"reasoning_content":"'].map((opening) =>
    Buffer.from(opening),
  ),
  createStreamRewriter: (request) => (asksForUsage(request) ? createUsageChunkParter() : createUsageChunkDropper()),
  encodeStreamError: encodeOpenaiStreamError,
  heartbeat: formatSseComment("keep-alive"),

  stopSequences,
  ignoresRequest: ignoresSchema,
  fitting: {
    keepsToolForms: false,
    takesFileUrls: false,
    needsOutputLimit: false,
    leastOutputTokens: 1,
  },
  fitReasoning,
  conversationField: "messages",
  needsRefusalWords: true,
  showsReasoning: () => true,
};
