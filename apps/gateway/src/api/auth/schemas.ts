import { z } from "@hono/zod-openapi";
import { accountRules } from "../../env/account-rules.js";
import { closedObject } from "../route/closed-object.js";
import { count, line, time, userRole } from "../route/fields.js";

export const signInMethod = z.enum(["password", "oidc"]);

export const authStatus = z
  .object({
    setup_required: z.boolean(),
    authenticated: z.boolean(),
    username: z.string().nullable(),
    role: userRole.nullable(),
    version: z.string(),
    public_url: z.string().nullable().describe("The address that clients use, where `PUBLIC_URL` says so."),
    sign_in_methods: z.array(signInMethod).describe("The ways in which one can sign in here."),
  })
  .openapi("AuthStatus");

export const me = z.object({ username: z.string(), role: userRole }).openapi("Me");

export const username = z
  .string()
  .trim()
  .min(1)
  .max(accountRules.maxUsernameLength)
  .regex(accountRules.usernamePattern, `must have ${accountRules.usernameCharacters}`);
export const newPassword = z.string().min(accountRules.minPasswordLength).max(accountRules.maxPasswordLength);

export const setupBody = closedObject({ username, password: newPassword, setup_code: line.min(1).max(200) }).openapi(
  "Setup",
);
export const loginBody = closedObject({ username: line.min(1).max(64), password: z.string().min(1).max(256) }).openapi(
  "Login",
);
export const changePasswordBody = closedObject({
  current_password: z.string().min(1).max(256),
  new_password: newPassword,
}).openapi("ChangePassword");
export const loginResult = z.object({ token: z.string(), username: z.string() }).openapi("LoginResult");

export const sessionListQuery = z.object({
  scope: z.enum(["own", "all"]).default("own").describe("`all` is for admins."),
});

const signInSession = z
  .object({
    id: z.string(),
    user_id: z.string(),
    username: z.string(),
    current: z.boolean().describe("Whether this request came by it."),
    method: signInMethod,
    client_ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    created_at: time,
    last_seen_at: time.describe("Within five minutes."),
    expires_at: time.describe("Unless it is used before."),
  })
  .openapi("SignInSession");

export const signInSessionList = z.object({ sessions: z.array(signInSession) }).openapi("SignInSessionList");
export const endedSessions = z.object({ ended: count }).openapi("EndedSessions");

/** Why a sign-in by the identity provider led back to the sign-in page. */
export type OidcError =
  | "oidc_unreachable"
  | "oidc_expired"
  | "oidc_denied"
  | "oidc_no_role"
  | "oidc_conflict"
  | "oidc_failed";

export type SignInSession = z.infer<typeof signInSession>;
export type SignInSessionList = z.infer<typeof signInSessionList>;
export type AuthStatus = z.infer<typeof authStatus>;
export type Me = z.infer<typeof me>;
export type SetupBody = z.input<typeof setupBody>;
export type LoginBody = z.input<typeof loginBody>;
export type ChangePasswordBody = z.input<typeof changePasswordBody>;
export type LoginResult = z.infer<typeof loginResult>;
