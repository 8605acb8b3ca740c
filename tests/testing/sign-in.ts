import type { LoginResult } from "@copilot-llm/gateway/admin-api";
import type { Gateway } from "./start-gateway.ts";

/** A session token for a user that exists. Rejects when the gateway refuses. */
export async function signIn(
  gateway: Gateway,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<string> {
  const response = await fetch(`${gateway.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as LoginResult).token;
}
