import { GatewayError } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { assertMaySeePrompts } from "../../auth/prompt-access.js";
import { encodeNullableTime } from "../../http/encode-time.js";
import type { GatewayContext } from "../../http/request-context.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { withoutUndefined } from "../route/without-undefined.js";
import { decodeRequestFilter } from "./decode.js";
import { encodeRequestDetail, encodeRequestFacts, encodeStreamEvent } from "./encode.js";
import { getRequest, getRequestBody, getResponseBody, listRequests, listStreamEvents } from "./operations.js";

/** Recorded requests one by one. */
export function addRequestRoutes(
  app: AdminApp,
  route: RouteFactory,
  { requests, settings }: Pick<Provider, "requests" | "settings">,
): void {
  app.openapi(route(listRequests), async (context) => {
    const { limit, cursor, ...query } = context.req.valid("query");
    if (query.text !== undefined) assertMaySeePrompts(context, settings);
    const page = await requests.list({ ...decodeRequestFilter(query), limit, ...withoutUndefined({ cursor }) });
    const searchedTo = encodeNullableTime(page.searchedToMs);
    context.header("cache-control", "no-store");
    return context.json(
      { requests: page.requests.map(encodeRequestFacts), next_cursor: page.nextCursor, searched_to: searchedTo },
      200,
    );
  });

  app.openapi(route(getRequest), async (context) =>
    context.json(encodeRequestDetail(await requests.find(context.req.valid("param").id)), 200),
  );

  app.openapi(route(getRequestBody), async (context) => {
    assertMaySeePrompts(context, settings);
    const { bodies } = await requests.find(context.req.valid("param").id);
    return sendBody(context, bodies?.request, "application/octet-stream");
  });

  app.openapi(route(getResponseBody), async (context) => {
    assertMaySeePrompts(context, settings);
    const { bodies } = await requests.find(context.req.valid("param").id);
    return sendBody(context, bodies?.response, "text/event-stream; charset=utf-8");
  });

  app.openapi(route(listStreamEvents), async (context) => {
    assertMaySeePrompts(context, settings);
    const { limit, offset } = context.req.valid("query");
    const { startedAtMs, events } = await requests.events(context.req.valid("param").id);
    const shown = events.slice(offset, offset + limit).map((event) => encodeStreamEvent(event, startedAtMs));
    context.header("cache-control", "no-store");
    return context.json({ total: events.length, events: shown }, 200);
  });
}

/** What users said and were told is not for a browser to keep. `otherType` is what a body is that is no JSON. */
function sendBody(context: GatewayContext, body: Uint8Array | undefined, otherType: string): Response {
  if (body === undefined) {
    throw new GatewayError("not_found", "The bodies of this request were not recorded, or are gone.");
  }
  return context.body(new Uint8Array(body), 200, {
    "content-type": isJson(body) ? "application/json" : otherType,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
}

function isJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 0x20);
  return first === 0x7b || first === 0x5b;
}
