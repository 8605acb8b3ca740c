// Wire protocols as pure functions: looking into requests, tapping answers, errors, SSE framing, model names and lists.
// No I/O, no clock, no routing decision. Every export here is public API.
export { type EncodedError, encodeError } from "./errors/encode-error.js";
export { encodeStreamError, type StreamProgress } from "./errors/encode-stream-error.js";
export { heartbeat } from "./errors/heartbeat.js";
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
export { encodeSseEvent } from "./sse/encode-sse-event.js";
export { createSseReader, type SseEvent, type SseReader, type SseReaderOptions } from "./sse/sse-reader.js";
export type { SeenResponse } from "./tap/observe-openai-responses.js";
export { createUsageTap, type TapResult, type TapSignal, type UsageTap } from "./tap/usage-tap.js";
