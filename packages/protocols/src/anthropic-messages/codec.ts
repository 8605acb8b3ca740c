import { runMachine } from "../codec/stream-machine.js";
import type { WireCodec } from "../codec/wire-codec.js";
import { decodeRequest } from "./decode-request.js";
import { decodeResponse } from "./decode-response.js";
import { messagesStreamDecoder } from "./decode-stream.js";
import { encodeRequest } from "./encode-request.js";
import { encodeResponse } from "./encode-response.js";
import { createMessagesStreamEncoder } from "./encode-stream.js";

/** Anthropic's Messages. */
export const anthropicMessagesCodec: WireCodec = {
  wire: "anthropic-messages",
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  createStreamDecoder: () => runMachine(messagesStreamDecoder),
  createStreamEncoder: (context) => runMachine(createMessagesStreamEncoder(context)),
};
