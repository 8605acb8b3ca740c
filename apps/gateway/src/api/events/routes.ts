import type { ServerResponse } from "node:http";
import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeLiveEvent } from "./encode.js";
import * as operations from "./operations.js";

const heartbeatMs = 15_000;
/** Browsers come back by themselves, and then must be signed in still. */
const longestStreamMs = 5 * 60_000;
/** A reader that is further behind is cut off; it comes back and reads on from now. */
const maxUnsentBytes = 1024 * 1024;

export interface EventRouteOptions {
  readonly provider: Provider;
  readonly clock: Clock;
}

/** What happens, as it happens, for the dashboard. */
export function addEventRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: EventRouteOptions): void {
  app.openapi(route(operations.streamEvents), (context) => {
    streamEvents(context.env.outgoing, provider, clock);
    return RESPONSE_ALREADY_SENT;
  });
}

function streamEvents(outgoing: ServerResponse, provider: Provider, clock: Clock): void {
  const write = (text: string): void => {
    if (outgoing.writableEnded || outgoing.destroyed) return;
    if (outgoing.writableLength > maxUnsentBytes) outgoing.destroy();
    else outgoing.write(text);
  };
  let cancelHeartbeat = clock.schedule(heartbeatMs, beat);
  function beat(): void {
    write(":\n\n");
    cancelHeartbeat = clock.schedule(heartbeatMs, beat);
  }
  const cancelEnd = clock.schedule(longestStreamMs, () => outgoing.end());
  const unsubscribe = provider.events.subscribe({
    onEvent: (event) => write(encodeLiveEvent(event)),
    onEnd: () => outgoing.end(),
  });
  outgoing.on("close", () => {
    unsubscribe();
    cancelHeartbeat();
    cancelEnd();
  });
  outgoing.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  write("retry: 2000\n\n");
}
