import { runMachine } from "../codec/stream-machine.js";
import type { WireCodec } from "../codec/wire-codec.js";
import { decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { chatStreamDecoder } from "./decode-stream.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createChatStreamEncoder } from "./encode-stream.js";

/** OpenAI's Chat Completions. */
export const openaiChatCodec: WireCodec = {
  wire: "openai-chat",
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(chatStreamDecoder),
  createStreamEncoder: (context) => runMachine(createChatStreamEncoder(context)),
};
