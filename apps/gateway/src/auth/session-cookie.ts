import { Secret } from "@copilot-llm/model";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { GatewayContext } from "../http/request-context.js";

export const sessionCookieName = "copilot_llm_session";

/** The console's session token, or null. */
export function sessionCookie(context: GatewayContext): Secret | null {
  const value = getCookie(context, sessionCookieName);
  return value === undefined || value === "" ? null : new Secret(value);
}

/** Scripts cannot read it, other sites cannot send it. */
export function setSessionCookie(context: GatewayContext, token: Secret, expiresAtMs: number, secure: boolean): void {
  setCookie(context, sessionCookieName, token.reveal(), {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: "/",
    expires: new Date(expiresAtMs),
  });
}

export function clearSessionCookie(context: GatewayContext): void {
  deleteCookie(context, sessionCookieName, { path: "/" });
}
