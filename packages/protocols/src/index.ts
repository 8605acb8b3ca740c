// Wire protocols as pure functions: looking into requests, tapping answers, translation by way of the canonical model,
// the service's quirks, errors, SSE framing, model names and lists. No I/O, no clock, no routing decision.
// Every export here is public API.
export type { StreamRun } from "./codec/stream-machine.js";
export type { AnswerContext, DecodedRequest, EncodedRequest, WireCodec } from "./codec/wire-codec.js";
export { codecFor } from "./codec-for.js";
export { type CountPromptOptions, countPromptTokens } from "./count-tokens/count-prompt-tokens.js";
export { loadTokenizer, type Tokenizer } from "./count-tokens/load-tokenizer.js";
export { encodeEmbeddingsAsBase64 } from "./embeddings/encode-embeddings.js";
export { type EncodedError, encodeError } from "./errors/encode-error.js";
export { encodeStreamError, type StreamProgress } from "./errors/encode-stream-error.js";
export { heartbeat } from "./errors/heartbeat.js";
export { continueConversation } from "./history/continue-conversation.js";
export { readRecordedAnswer } from "./history/read-recorded-answer.js";
export { findResponseId, prependItems, responseItems } from "./history/response-items.js";
export { closeMatches } from "./models/close-matches.js";
export {
  encodeAnthropicModel,
  encodeAnthropicModelList,
  encodeOpenaiModel,
  encodeOpenaiModelList,
  type ModelPage,
} from "./models/encode-model-list.js";
export { spellingCandidates } from "./models/spelling-candidates.js";
export { peekRequest } from "./peek/peek-request.js";
export { replaceModel } from "./peek/replace-model.js";
export type { RequestPeek } from "./peek/request-peek.js";
export { filterBetas } from "./quirks/accepted-betas.js";
export { applyQuirks, type QuirkContext, type QuirkResult } from "./quirks/apply-quirks.js";
export { chatIgnoresSchema } from "./quirks/chat-ignores-schema.js";
export { mergeChoices } from "./quirks/merge-choices.js";
export { createItemIdPinner, type ItemIdPinner } from "./quirks/pin-item-ids.js";
export { stripReasoning } from "./quirks/strip-reasoning.js";
export { encodeSseEvent } from "./sse/encode-sse-event.js";
export { createSseReader, type SseEvent, type SseReader, type SseReaderOptions } from "./sse/sse-reader.js";
export type { SeenResponse } from "./tap/observe-openai-responses.js";
export { createUsageTap, type TapResult, type TapSignal, type UsageTap } from "./tap/usage-tap.js";
export type { AnswerIds } from "./translate/answer-context.js";
export type { ClientTool, ToolNames } from "./translate/lower-tools.js";
export { createStreamTranslator, type StreamTranslator, type TranslatedChunk } from "./translate/stream-translator.js";
export {
  type AnswerPlan,
  type TranslatedRequest,
  type TranslateRequestOptions,
  translateRequest,
} from "./translate/translate-request.js";
export { translateResponse } from "./translate/translate-response.js";
