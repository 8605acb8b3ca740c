import { responsesRules } from "../../rules/responses/responses-rules.js";
import type { Wire } from "../wire.js";
import { readResponsesRequest } from "./read-request.js";
import { renderItems, renderResponse } from "./render-items.js";
import { renderResponsesError, renderResponsesStream } from "./render-stream.js";

/** `POST /responses` over HTTP. */
export const responsesWire: Wire = {
  name: "responses",
  endpoint: "/responses",
  readRequest: readResponsesRequest,
  rules: responsesRules,
  renderBody: (reply, context) => ({
    ...renderResponse(
      reply.stop === "length" ? "incomplete" : "completed",
      context.ids.bound("resp_", context.origin),
      renderItems(reply, context).map((item) => item.item),
      context,
    ),
    ...(context.copilotUsage === undefined ? {} : { copilot_usage: context.copilotUsage }),
  }),
  renderStream: renderResponsesStream,
  reportsUsage: () => true,
  renderError: renderResponsesError,
};
