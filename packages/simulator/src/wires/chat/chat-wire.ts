import { chatRules } from "../../rules/chat/chat-rules.js";
import { dataFrame } from "../sse-frame.js";
import type { Wire } from "../wire.js";
import { readChatRequest } from "./read-request.js";
import { renderChatBody } from "./render-body.js";
import { chatStreamReportsUsage, renderChatStream } from "./render-stream.js";

/** `POST /chat/completions`. */
export const chatWire: Wire = {
  name: "chat",
  endpoint: "/chat/completions",
  readRequest: readChatRequest,
  rules: chatRules,
  renderBody: renderChatBody,
  renderStream: renderChatStream,
  reportsUsage: (reply, request) => !request.stream || chatStreamReportsUsage(reply, request.includeUsage),
  renderError: (message) => dataFrame({ error: { code: 500, message } }),
};
