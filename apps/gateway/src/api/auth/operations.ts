import { z } from "@hono/zod-openapi";
import { json, jsonBody, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { authStatus, changePasswordBody, loginBody, loginResult, me, setupBody } from "./schemas.js";

export const getAuthStatus = operation({
  method: "get",
  path: "/api/auth/status",
  "x-access": "public",
  operationId: "getAuthStatus",
  summary: "Get the state of setup and sign-in",
  description: "Says whether the gateway still needs its first admin, and who the caller is signed in as.",
  responses: { 200: json(authStatus, "The state, and the gateway's version.", examples.authStatus) },
});

export const setUp = operation({
  method: "post",
  path: "/api/auth/setup",
  "x-access": "public",
  operationId: "setUp",
  summary: "Create the first admin",
  description:
    "Creates the first admin and signs in, with the setup code that the gateway prints at its start. Once there is a user it answers 409.",
  request: jsonBody(setupBody, "The admin's name and password, and the setup code.", examples.setupBody),
  responses: { 200: json(loginResult, "The session's token, which is set as a cookie too.", examples.loginResult) },
  "x-errors": ["permission_denied", "conflict", "limit_exceeded"],
});

export const register = operation({
  ...setUp,
  path: "/api/auth/register",
  operationId: "register",
  summary: "Create the first admin (alias of setup)",
});

export const login = operation({
  method: "post",
  path: "/api/auth/login",
  "x-access": "public",
  operationId: "login",
  summary: "Sign in",
  description:
    "Begins a session, which ends after a day without use and after seven days. Send its token as the cookie that is set here, or as a Bearer token. After too many wrong passwords it answers 429 with `retry-after`.",
  request: jsonBody(loginBody, "Username and password.", examples.loginBody),
  responses: { 200: json(loginResult, "The session's token, which is set as a cookie too.", examples.loginResult) },
  "x-errors": ["unauthenticated", "limit_exceeded"],
});

export const logout = operation({
  method: "post",
  path: "/api/auth/logout",
  "x-access": "public",
  operationId: "logout",
  summary: "Sign out",
  description: "Ends the caller's session, if there is one, and clears its cookie.",
  responses: { 200: json(z.object({ ok: z.boolean() }), "The caller is signed out.", examples.signedOut) },
});

export const changePassword = operation({
  method: "post",
  path: "/api/auth/password",
  "x-access": "user",
  operationId: "changePassword",
  summary: "Change one's own password",
  description:
    "Gives the signed-in user a new password and ends all their sessions; a new one begins in the same answer. A wrong current password answers 400, too many of them 429.",
  request: jsonBody(changePasswordBody, "The current password and the new one.", examples.changePasswordBody),
  responses: { 200: json(loginResult, "The new session's token, which is set as a cookie too.", examples.loginResult) },
  "x-errors": ["limit_exceeded"],
});

export const getMe = operation({
  method: "get",
  path: "/me",
  "x-access": "user",
  operationId: "getMe",
  summary: "Get the signed-in user",
  description: "Says who the caller's session belongs to, and whether they may change things.",
  responses: { 200: json(me, "The user.", examples.me) },
});
