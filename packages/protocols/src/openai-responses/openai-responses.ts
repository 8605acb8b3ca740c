import { encodeOpenaiError } from "../codec/encode-openai-error.js";
import type { WireDefinition } from "../codec/protocol-definition.js";
import { runMachine } from "../codec/stream-machine.js";
import { formatSseComment } from "../sse/encode-sse-event.js";
import { createCompactionEncoder } from "./compaction.js";
import { decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { streamDecoder } from "./decode-stream.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createStreamEncoder } from "./encode-stream.js";
import { encodeStreamError } from "./encode-stream-error.js";
import { fitReasoning } from "./fit-reasoning.js";
import { mapUsage } from "./map-usage.js";
import { createObserver } from "./observe-stream.js";
import { peek } from "./peek.js";
import { compactsSetting, pickSettings } from "./pick-settings.js";
import { createItemIdPinner } from "./pin-item-ids.js";
import { rules } from "./rules/rules.js";
import { storedHistory } from "./stored-history.js";
import { stripReasoning } from "./strip-reasoning.js";
import { dispensable, requestFields } from "./wire.js";

/** OpenAI's Responses. */
export const openaiResponses: WireDefinition<"/responses"> = {
  kind: "conversation",
  id: "openai-responses",
  path: "/responses",
  batchEndpoint: { api: "openai", url: "/v1/responses", operation: "generate" },
  answerField: "output",
  peek,
  encodeHeaders: () => ({}),
  dispensable,
  rules,
  stripReasoning,
  finishAnswer: (_request, answer) => answer,
  mapUsage,
  encodeError: encodeOpenaiError,
  storedHistory,
  tokenCount: null,

  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(streamDecoder),
  createStreamEncoder: (context) =>
    context.settings?.[compactsSetting] === true
      ? runMachine(createCompactionEncoder(createStreamEncoder(context), context))
      : runMachine(createStreamEncoder(context)),

  requestFields,
  createObserver,
  // Events are numbered, and name their item differently each time.
  textOpenings: [],
  createStreamRewriter: createItemIdPinner,
  encodeStreamError: (error, requestId) => encodeStreamError(error, requestId),
  heartbeat: formatSseComment("keep-alive"),

  stopSequences: () => [],
  ignoresRequest: () => false,
  fitting: {
    keepsToolForms: true,
    takesFileUrls: true,
    needsOutputLimit: false,
    leastOutputTokens: 16,
  },
  fitReasoning,
  conversationField: "input",
  needsRefusalWords: true,
  showsReasoning: () => true,
  pickSettings,
};
