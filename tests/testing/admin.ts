import type {
  CreateApiKeyBody,
  CreatedApiKey,
  GithubTokenList,
  GithubTokenView,
  LoginResult,
} from "@copilot-llm/gateway/admin-api";
import { vi } from "vitest";
import type { Gateway } from "./start-gateway.ts";

/** A signed-in admin. */
export interface Admin {
  readonly username: string;
  readonly password: string;
  /** The session token. */
  readonly token: string;
  /** Any admin route, whatever it answers. */
  request(method: string, path: string, body?: unknown): Promise<Response>;
  addToken(alias: string, token: string): Promise<GithubTokenView>;
  /** The pool as the list shows it, by alias. */
  tokens(): Promise<Readonly<Record<string, GithubTokenView>>>;
  createKey(body: CreateApiKeyBody): Promise<CreatedApiKey>;
}

/** Creates the first admin through the setup link that the gateway printed. */
export async function signUp(gateway: Gateway, username = "admin", password = "correct horse battery"): Promise<Admin> {
  const setupUrl = await vi.waitUntil(() => gateway.setupUrl());
  const setupCode = new URL(setupUrl).searchParams.get("code");
  const body = { username, password, setup_code: setupCode };
  const { token } = await readJson<LoginResult>(await send(gateway.url, "POST", "/api/auth/setup", body));

  const request = (method: string, path: string, requestBody?: unknown) =>
    send(gateway.url, method, path, requestBody, { authorization: `Bearer ${token}` });
  const call = async <T>(method: string, path: string, requestBody?: unknown) =>
    readJson<T>(await request(method, path, requestBody));
  return {
    username,
    password,
    token,
    request,
    addToken: (alias, githubToken) => call("POST", "/api/admin/github-tokens", { alias, token: githubToken }),
    tokens: async () => {
      const { tokens } = await call<GithubTokenList>("GET", "/api/admin/github-tokens");
      return Object.fromEntries(tokens.map((view) => [view.alias, view]));
    },
    createKey: (key) => call("POST", "/api/admin/api-keys", key),
  };
}

function send(
  url: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return fetch(url + path, { method, headers: { "content-type": "application/json", ...headers }, ...content });
}

async function readJson<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${new URL(response.url).pathname} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}
