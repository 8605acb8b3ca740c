import { Secret } from "@copilot-llm/model";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { GatewayContext } from "../http/request-context.js";
import { sessionCookieName } from "./read-session-cookie.js";

/** Where the cookie below is sent. */
const signInPath = "/api/auth";
const deviceCookieName = "copilot_llm_device";
const deviceLifetimeMs = 180 * 24 * 60 * 60_000;

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
