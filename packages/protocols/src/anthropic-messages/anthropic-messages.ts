import { isArray } from "../body/json.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import { runMachine } from "../codec/stream-machine.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import { addCacheBreakpoints } from "./add-cache-breakpoints.js";
import { decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { streamDecoder } from "./decode-stream.js";
import { encodeError, encodeStreamError } from "./encode-error.js";
import { encodeHeaders, withoutRefusedHeaders } from "./encode-headers.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createStreamEncoder } from "./encode-stream.js";
import { pickSettings } from "./encode-thought.js";
import { fitReasoning } from "./fit-reasoning.js";
import { mapUsage } from "./map-usage.js";
import { createObserver } from "./observe-stream.js";
import { peek } from "./peek.js";
import { rules } from "./rules/rules.js";
import { stripReasoning } from "./strip-reasoning.js";
import { dispensable, requestFields } from "./wire.js";

/** Anthropic's Messages. */
export const anthropicMessages: WireDefinition<"/v1/messages" | "/v1/messages/count_tokens"> = {
  kind: "conversation",
  id: "anthropic-messages",
  path: "/v1/messages",
  batchEndpoint: { api: "anthropic", url: "/v1/messages", operation: "generate" },
  answerField: "content",
  peek,
  encodeHeaders,
  withoutRefusedHeaders,
  dispensable,
  rules,
  stripReasoning,
  finishAnswer: (_request, answer) => answer,
  mapUsage,
  encodeError,
  storedHistory: null,
  tokenCount: {
    path: "/v1/messages/count_tokens",
    answerField: "input_tokens",
    encodeAnswer: (inputTokens) => ({ input_tokens: inputTokens }),
  },

  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(streamDecoder),
  createStreamEncoder: (context) => runMachine(createStreamEncoder(context)),

  requestFields,
  createObserver,
  textOpenings: ['"text":"', '"thinking":"', '"partial_json":"'].map((opening) => Buffer.from(opening)),
  encodeStreamError,
  heartbeat: formatSseEvent("ping", '{"type":"ping"}'),

  stopSequences: ({ stop_sequences: sequences }) =>
    isArray(sequences) ? sequences.filter((sequence) => typeof sequence === "string") : [],
  ignoresRequest: () => false,
  fitting: {
    keepsToolForms: false,
    takesFileUrls: true,
    needsOutputLimit: true,
    leastOutputTokens: 1,
  },
  fitReasoning,
  addCacheMarks: addCacheBreakpoints,
  conversationField: "messages",
  needsRefusalWords: false,
  // Many clients take `content[0]` for the text, so that only those see thinking who asked for it.
  showsReasoning: ({ reasoning }) => reasoning !== null && reasoning.mode !== "disabled",
  pickSettings,
};
