import type { Clock } from "@copilot-llm/model";
import type { LiveEvents } from "../changes/live-events.js";
import { keyOf, principalName } from "../identity/principal.js";
import type { AttemptWatch, RequestWatch, StartedAttempt } from "./request-watch.js";
import type { ServeCall } from "./serve-call.js";

const unwatched: AttemptWatch = { traceparent: null, answer: () => undefined };

export interface PublishStartsOptions {
  readonly events: Pick<LiveEvents, "publish">;
  readonly aliasOf: (tokenId: string) => string | null;
  readonly clock: Pick<Clock, "nowMs">;
  /** Who follows the requests besides. */
  readonly watchRequest?: (call: ServeCall) => RequestWatch | null;
}

/** Makes a live event of each request's first try; what is refused before one has none. */
export function publishStarts(options: PublishStartsOptions): (call: ServeCall) => RequestWatch {
  const { events, aliasOf, clock, watchRequest = () => null } = options;
  return (call) => {
    const other = watchRequest(call);
    let isStarted = false;
    const start = ({ tokenId, modelId }: StartedAttempt): void => {
      isStarted = true;
      const request = {
        id: call.requestId,
        sentAtMs: clock.nowMs(),
        keyId: keyOf(call.principal)?.id ?? null,
        keyAlias: principalName(call.principal),
        tokenId,
        tokenAlias: aliasOf(tokenId),
        model: modelId,
        protocol: call.protocol,
        userAgent: call.userAgent,
      };
      events.publish({ kind: "request_started", request });
    };
    return {
      startAttempt: (attempt) => {
        if (!isStarted) start(attempt);
        return other?.startAttempt(attempt) ?? unwatched;
      },
      end: (record) => other?.end(record),
    };
  };
}
