// Wire protocols as pure functions: looking into requests, tapping answers, translation by way of the canonical model,
// the service's quirks, errors, SSE framing, model names and lists. No I/O, no clock, no routing decision.
// Every export here is public API.

export { filterBetas } from "./anthropic-messages/accepted-betas.js";
export { replaceModel } from "./body/replace-model.js";
export type { RequestPeek } from "./body/request-peek.js";
export type { StreamRun } from "./codec/stream-machine.js";
export type { AnswerContext, DecodedRequest, EncodedRequest, WireCodec } from "./codec/wire-codec.js";
export { type CountPromptOptions, countPromptTokens } from "./count-tokens/count-prompt-tokens.js";
export { loadTokenizer, type Tokenizer } from "./count-tokens/load-tokenizer.js";
export type { AnswerIds } from "./exchange/answer-context.js";
export { applyQuirks, type QuirkContext, type QuirkResult } from "./exchange/apply-quirks.js";
export { codecFor } from "./exchange/codec-for.js";
export { type EncodedError, encodeError } from "./exchange/encode-error.js";
export { encodeStreamError, type StreamProgress } from "./exchange/encode-stream-error.js";
export { heartbeat } from "./exchange/heartbeat.js";
export type { ClientTool, ToolNames } from "./exchange/lower-tools.js";
export { peekRequest } from "./exchange/peek-request.js";
export { createStreamTranslator, type StreamTranslator, type TranslatedChunk } from "./exchange/stream-translator.js";
export { stripReasoning } from "./exchange/strip-reasoning.js";
export {
  type AnswerPlan,
  type TranslatedRequest,
  type TranslateRequestOptions,
  translateRequest,
} from "./exchange/translate-request.js";
export { translateResponse } from "./exchange/translate-response.js";
export { createUsageTap, type TapResult, type TapSignal, type UsageTap } from "./exchange/usage-tap.js";
export { continueConversation } from "./history/continue-conversation.js";
export { readRecordedAnswer } from "./history/read-recorded-answer.js";
export { closeMatches } from "./models/close-matches.js";
export {
  encodeAnthropicModel,
  encodeAnthropicModelList,
  encodeOpenaiModel,
  encodeOpenaiModelList,
  type ModelPage,
} from "./models/encode-model-list.js";
export { spellingCandidates } from "./models/spelling-candidates.js";
export { chatIgnoresSchema } from "./openai-chat/ignores-schema.js";
export { mergeChoices } from "./openai-chat/merge-choices.js";
export { encodeEmbeddingsAsBase64 } from "./openai-embeddings/encode-embeddings.js";
export type { SeenResponse } from "./openai-responses/observe-stream.js";
export { createItemIdPinner, type ItemIdPinner } from "./openai-responses/pin-item-ids.js";
export { findResponseId, prependItems, responseItems } from "./openai-responses/response-items.js";
export { encodeSseEvent } from "./sse/encode-sse-event.js";
export { createSseReader, type SseEvent, type SseReader, type SseReaderOptions } from "./sse/sse-reader.js";
