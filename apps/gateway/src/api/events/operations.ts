import { operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { liveEvents } from "./schemas.js";

export const streamEvents = operation({
  method: "get",
  path: "/api/events",
  "x-access": "user",
  operationId: "streamEvents",
  summary: "Stream live events",
  description:
    "Streams server-sent events as they happen: `token_state` when a token's state changes, `request_started` when a request is first sent to GitHub, `request` when one has ended, `key_state` when a key comes to a limit, expires or works again (within a second where this gateway's requests did it, else within half a minute), `key_changed`, `settings_changed`, and `alert` when something wants attention or does no more (looked at every half minute). The stream ends after five minutes; browsers reconnect by themselves, and with `Last-Event-ID` first get what they missed, or a `gap` when that is more than a thousand events.",
  responses: {
    200: {
      description: "Server-sent events. The schema maps each event's name to its data.",
      content: { "text/event-stream": { schema: liveEvents, examples: examples.liveEvents } },
    },
  },
});
