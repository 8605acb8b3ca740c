import type { Clock } from "@copilot-llm/model";
import type { LiveEvent, Provider } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { GatewayContext } from "../../http/request-context.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeLiveEvent, gapEvent } from "./encode.js";
import * as operations from "./operations.js";

const heartbeatMs = 15_000;
/** Browsers come back by themselves, and then must be signed in still. */
const longestStreamMs = 5 * 60_000;
/** A reader that is further behind is cut off; it comes back for what it missed. */
const maxUnsentBytes = 1024 * 1024;

export interface EventRouteOptions {
  readonly provider: Pick<Provider, "events">;
  readonly clock: Clock;
}

/** What happens, as it happens, for the dashboard. */
export function addEventRoutes(app: AdminApp, route: RouteFactory, { provider, clock }: EventRouteOptions): void {
  app.openapi(route(operations.streamEvents), (context) => {
    streamEvents(context, provider, clock);
    return RESPONSE_ALREADY_SENT;
  });
}

function streamEvents(context: GatewayContext, provider: Pick<Provider, "events">, clock: Clock): void {
  const { outgoing } = context.env;
  // Whoever left while their session was looked up is told nothing, and would never be noticed to have left.
  if (outgoing.destroyed) return;
  const write = (text: string): void => {
    if (outgoing.writableEnded || outgoing.destroyed) return;
    if (outgoing.writableLength > maxUnsentBytes) outgoing.destroy();
    else outgoing.write(text);
  };
  outgoing.writeHead(200, {
    ...context.get("exchange").answerHeaders,
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
    "x-request-id": context.get("exchange").requestId,
  });
  write("retry: 2000\n\n");
  let cancelHeartbeat = clock.schedule(heartbeatMs, beat);
  function beat(): void {
    write(":\n\n");
    cancelHeartbeat = clock.schedule(heartbeatMs, beat);
  }
  const cancelEnd = clock.schedule(longestStreamMs, () => outgoing.end());
  const listener = {
    onEvent: (event: LiveEvent, id: string) => write(encodeLiveEvent(event, id)),
    onGap: () => write(gapEvent),
    onEnd: () => outgoing.end(),
  };
  const unsubscribe = provider.events.subscribe(listener, context.req.header("last-event-id") ?? null);
  outgoing.on("close", () => {
    unsubscribe();
    cancelHeartbeat();
    cancelEnd();
  });
}
