import { expect } from "vitest";
import type { Serving } from "../testing/serving.ts";
import { signIn } from "../testing/sign-in.ts";

/** Who may call a route, as the route itself states it. */
export type Access = "public" | "key" | "user" | "admin";

export interface Route {
  readonly method: string;
  /** With `{id}` where a value belongs. */
  readonly path: string;
  readonly access: Access;
}

interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly "x-access"?: Access }>>>>;
}

/**
 * Every route of the gateway, read from its own API document. That the document has each route that the router knows is
 * shown in apps/gateway/src/api/access.test.ts: a new route cannot be forgotten in either place.
 */
export async function readRoutes(url: string): Promise<readonly Route[]> {
  const { paths } = (await (await fetch(`${url}/openapi.json`)).json()) as ApiDocument;
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const access = operation["x-access"];
      if (access === undefined) throw new Error(`${method} ${path} states no access`);
      return { method: method.toUpperCase(), path, access };
    }),
  );
  expect(routes.length).toBeGreaterThan(40);
  return [...routes, { method: "GET", path: "/openapi.json", access: "public" }];
}

/** A route's path with this value for each of its parameters. */
function fillPath(path: string, value: string): string {
  return path.replace(/\{\w+\}/g, value);
}

export function hasBody({ method }: Route): boolean {
  return method !== "GET" && method !== "DELETE";
}

/** Streams that end only with their reader. */
export function isEndless({ path }: Route): boolean {
  return path === "/api/events";
}

export interface Attempt {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Asks a route, with a harmless body where it takes one, and reads no more of an endless answer than its headers. */
export async function attempt(
  url: string,
  route: Route,
  options: { readonly headers?: Record<string, string>; readonly id?: string; readonly body?: string } = {},
): Promise<Attempt> {
  const { headers = {}, id = "nothing", body = "{}" } = options;
  const cut = new AbortController();
  const response = await fetch(url + fillPath(route.path, id), {
    method: route.method,
    headers: { ...(hasBody(route) ? { "content-type": "application/json" } : {}), ...headers },
    redirect: "manual",
    signal: cut.signal,
    ...(hasBody(route) ? { body } : {}),
  });
  if (isEndless(route) && response.ok) {
    cut.abort();
    return { status: response.status, headers: response.headers, text: "" };
  }
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
export const cookie = (token: string): Record<string, string> => ({ cookie: `copilot_llm_session=${token}` });

const viewer = { username: "vic", password: "a viewer's password" };

/** The session token of a viewer, who is made for it. */
export async function signViewerIn({ gateway, admin }: Serving): Promise<string> {
  const made = await admin.request("POST", "/api/admin/users", { ...viewer, role: "viewer" });
  expect(made.ok).toBe(true);
  return signIn(gateway, viewer);
}
