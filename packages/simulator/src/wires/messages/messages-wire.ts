import { messagesRules } from "../../rules/messages/messages-rules.js";
import type { Wire } from "../wire.js";
import { readMessagesRequest } from "./read-request.js";
import { renderMessagesBody } from "./render-message.js";
import { renderMessagesError, renderMessagesStream } from "./render-stream.js";

/** `POST /v1/messages`. */
export const messagesWire: Wire = {
  name: "messages",
  endpoint: "/v1/messages",
  readRequest: readMessagesRequest,
  rules: messagesRules,
  renderBody: renderMessagesBody,
  renderStream: renderMessagesStream,
  reportsUsage: () => true,
  renderError: renderMessagesError,
};
