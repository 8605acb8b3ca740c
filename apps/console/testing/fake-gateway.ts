import type { ApiErrorBody } from "@copilot-llm/gateway/admin-api";
import { vi } from "vitest";

export interface SeenRequest {
  method: string;
  path: string;
  body: unknown;
  headers: Readonly<Record<string, string>>;
}

/** What a route answers, now or later: a body (status 200), or a `Response` for anything else. */
export type FakeRoute = (request: SeenRequest) => unknown;

/**
 * Stands in for the gateway behind `fetch`. Routes are named `METHOD /path`, with or without the query; anything else is a test's mistake
 * and fails the request. Gives the requests seen so far, in order.
 */
export function stubGateway(routes: Record<string, FakeRoute>): readonly SeenRequest[] {
  const seen: SeenRequest[] = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    const request: SeenRequest = {
      method,
      path,
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      headers: Object.fromEntries(new Headers(init.headers)),
    };
    seen.push(request);
    const route = routes[`${method} ${path}`] ?? routes[`${method} ${path.split("?")[0]}`];
    if (route === undefined) throw new Error(`no fake route ${method} ${path}`);
    const answer = await route(request);
    return answer instanceof Response ? answer : Response.json(answer);
  });
  return seen;
}

/** A refusal in the admin API's error shape. */
export function createErrorResponse(status: number, code: ApiErrorBody["error"]["code"], message: string): Response {
  const body: ApiErrorBody = { error: { code, message, request_id: "req-1" } };
  return Response.json(body, { status });
}
