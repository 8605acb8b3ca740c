import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import * as z from "zod";
import type { GatewayContext } from "../../http/request-context.js";

const cookieName = "copilot_llm_oidc";
const cookiePath = "/api/auth/oidc";
const lifetimeSeconds = 10 * 60;

const schema = z.object({
  state: z.string().min(1),
  nonce: z.string().min(1),
  codeVerifier: z.string().min(1),
  next: z.string(),
});

/** A sign-in that is under way in the browser, and the page that it leads to. */
export type PendingSignIn = z.infer<typeof schema>;

/** `Lax`: it must come along when the provider's page sends the browser back. */
export function setAttemptCookie(context: GatewayContext, pending: PendingSignIn, secure: boolean): void {
  const value = Buffer.from(JSON.stringify(pending)).toString("base64url");
  const options = { httpOnly: true, sameSite: "Lax", path: cookiePath, maxAge: lifetimeSeconds } as const;
  setCookie(context, cookieName, value, { ...options, secure });
}

/** Once: the cookie goes with the answer. */
export function takeAttemptCookie(context: GatewayContext): PendingSignIn | null {
  const value = getCookie(context, cookieName);
  deleteCookie(context, cookieName, { path: cookiePath });
  if (value === undefined) return null;
  try {
    const result = schema.safeParse(JSON.parse(Buffer.from(value, "base64url").toString()));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
