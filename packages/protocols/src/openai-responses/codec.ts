import { runMachine } from "../codec/stream-machine.js";
import type { WireCodec } from "../codec/wire-codec.js";
import { decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { responsesStreamDecoder } from "./decode-stream.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createResponsesStreamEncoder } from "./encode-stream.js";

/** OpenAI's Responses. */
export const openaiResponsesCodec: WireCodec = {
  wire: "openai-responses",
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(responsesStreamDecoder),
  createStreamEncoder: (context) => runMachine(createResponsesStreamEncoder(context)),
};
