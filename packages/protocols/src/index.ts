// Wire protocols as pure functions: looking into requests, exchanging them with the service on their own wire or
// translated, tapping answers, errors, SSE framing, model names and lists. No I/O, no clock, no routing decision.
// Every export here is public API.

export { type BatchEndpoint, batchEndpointOf, batchEndpointsOf } from "./batches/batch-endpoint.js";
export { type BatchLine, type DecodedLine, decodeBatchLine } from "./batches/decode-batch-line.js";
export { encodeMessageBatch } from "./batches/encode-message-batch.js";
export { encodeOpenaiBatch, encodeOpenaiFile, encodeOpenaiOutputFile } from "./batches/encode-openai-batch.js";
export { encodeMessageBatchResult, encodeOutputLine } from "./batches/encode-result-line.js";
export { type MessageBatchRequest, MessageBatchSplitter } from "./batches/message-batch-splitter.js";
export { hasOutputFile, type OutputKind, outputStates, parseOutputFileId } from "./batches/output-file.js";
export type { RequestPeek } from "./body/request-peek.js";
export type { AssistantPart, ToolOutputPart, ToolResultPart, UserPart } from "./canonical/part.js";
export type { CanonicalMessage, CanonicalTool } from "./canonical/request.js";
export type { EncodedError } from "./codec/encoded-error.js";
export { errorStatuses } from "./codec/error-statuses.js";
export type { StoredHistory } from "./codec/stored-history.js";
export type { AnswerIds } from "./exchange/answer-context.js";
export { isForProtocol } from "./exchange/choose-wire.js";
export { countsUpstream, countTokensHere } from "./exchange/count-tokens.js";
export { createUsageTap } from "./exchange/create-usage-tap.js";
export { encodeError } from "./exchange/encode-error.js";
export type {
  AnswerStream,
  Exchange,
  ExchangeCall,
  MendedRequest,
  ReadAnswer,
  StreamOutput,
} from "./exchange/exchange.js";
export { peekRequest } from "./exchange/peek-request.js";
export { prepareExchange } from "./exchange/prepare-exchange.js";
export { type StreamFrame, streamFrameOf } from "./exchange/stream-frame.js";
export type { StreamTap, TapResult, TapSignal, UsageTap } from "./exchange/usage-tap.js";
export { continueConversation } from "./history/continue-conversation.js";
export { type NewWords, newWords } from "./history/new-words.js";
export { readRecordedAnswer } from "./history/read-recorded-answer.js";
export { type RecordedWords, readRecordedRequest } from "./history/read-recorded-request.js";
export { storedHistoryOf } from "./history/stored-history.js";
export { closeMatches } from "./models/close-matches.js";
export {
  encodeAnthropicModel,
  encodeAnthropicModelList,
  encodeOpenaiModel,
  encodeOpenaiModelList,
  type ModelPage,
} from "./models/encode-model-list.js";
export { spellingCandidates } from "./models/spelling-candidates.js";
export { encodeSseEvent } from "./sse/encode-sse-event.js";
export { createSseReader, type SseEvent, type SseReader, type SseReaderOptions } from "./sse/sse-reader.js";
