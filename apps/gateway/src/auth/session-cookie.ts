import { Secret } from "@copilot-llm/model";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";
import type { GatewayContext } from "../http/request-context.js";
import type { RequestHead } from "../http/request-head.js";

/** Where the cookie below is sent. */
const signInPath = "/api/auth";
const deviceCookieName = "copilot_llm_device";
const deviceLifetimeMs = 180 * 24 * 60 * 60_000;

export const sessionCookieName = "copilot_llm_session";

/** The console's session token, or null. */
export function sessionCookie(head: RequestHead): Secret | null {
  const cookies = head.header("cookie");
  const value = cookies === undefined ? undefined : parse(cookies, sessionCookieName)[sessionCookieName];
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

/** What a sign-in in this browser left behind, or null. */
export function deviceCookie(context: GatewayContext): Secret | null {
  const value = getCookie(context, deviceCookieName);
  return value === undefined || value === "" ? null : new Secret(value);
}

/** It outlives the session and signing out: it says that the user has been here, and opens nothing. */
export function setDeviceCookie(context: GatewayContext, token: Secret, nowMs: number, secure: boolean): void {
  setCookie(context, deviceCookieName, token.reveal(), {
    httpOnly: true,
    sameSite: "Strict",
    secure,
    path: signInPath,
    expires: new Date(nowMs + deviceLifetimeMs),
  });
}
