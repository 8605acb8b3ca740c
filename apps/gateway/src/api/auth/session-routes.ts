import { GatewayError } from "@copilot-llm/model";
import { type OpenSession, type SignIn, sessionId } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import { encodeTime } from "../../http/encode-time.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import type { SignInSession } from "./schemas.js";
import { endOtherSignIns, endSignIn, listSignIns } from "./session-operations.js";

/** Who is signed in, and signing them out: one's own, and everybody's for admins. */
export function addSessionListRoutes(app: AdminApp, route: RouteFactory, { sessions }: Pick<SignIn, "sessions">): void {
  app.openapi(route(listSignIns), async (context) => {
    const { user, session: current } = context.get("signedIn");
    const isForAll = context.req.valid("query").scope === "all";
    if (isForAll && user.role !== "admin") throw new GatewayError("permission_denied", "Only an admin may do this.");
    const listed = await sessions.list(isForAll ? null : user.id);
    return context.json({ sessions: listed.map((open) => encodeSession(open, current.tokenHash)) }, 200);
  });

  app.openapi(route(endSignIn), async (context) => {
    const { user } = context.get("signedIn");
    await sessions.revoke(actorOf(context), context.req.valid("param").id, user.role === "admin" ? null : user.id);
    return context.body(null, 204);
  });

  app.openapi(route(endOtherSignIns), async (context) => {
    const ended = await sessions.revokeOthers(actorOf(context), context.get("signedIn"));
    return context.json({ ended }, 200);
  });
}

function encodeSession({ user, session }: OpenSession, currentHash: string): SignInSession {
  return {
    id: sessionId(session),
    user_id: user.id,
    username: user.username,
    current: session.tokenHash === currentHash,
    method: session.method,
    client_ip: session.clientIp,
    user_agent: session.userAgent,
    created_at: encodeTime(session.createdAtMs),
    last_seen_at: encodeTime(session.lastSeenAtMs),
    expires_at: encodeTime(session.expiresAtMs),
  };
}
