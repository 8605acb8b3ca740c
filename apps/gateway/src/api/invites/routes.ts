import { type Clock, hourMs, Secret } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { CidrList } from "../../env/cidr-list.js";
import { encodeTime } from "../../http/encode-time.js";
import { originOf } from "../../http/origin-of.js";
import { assertEndsLater, decodeAllowance } from "../keys/decode.js";
import { encodeIssuedKey } from "../keys/encode.js";
import type { AdminApp } from "../route/admin-app.js";
import { refuseHead } from "../route/refuse-head.js";
import type { RouteFactory } from "../route/route-factory.js";
import { withoutUndefined } from "../route/without-undefined.js";
import { encodeInvite, encodeJoining } from "./encode.js";
import * as operations from "./operations.js";

export interface InviteRouteOptions {
  readonly provider: Pick<Provider, "invites" | "seats">;
  readonly publicUrl: string | null;
  readonly trustProxy: CidrList;
  readonly startSettings: { readonly device_flow: boolean };
  readonly clock: Clock;
}

/** Seats by invitation: what admins do, and what whoever is invited does without a sign-in. */
export function addInviteRoutes(app: AdminApp, route: RouteFactory, options: InviteRouteOptions): void {
  const { provider, publicUrl, trustProxy, startSettings, clock } = options;
  const { invites, seats } = provider;

  app.openapi(route(operations.listInvites), async (context) => {
    const all = await invites.list();
    return context.json({ invites: all.map((invite) => encodeInvite(invite, invites.status(invite))) }, 200);
  });

  app.openapi(route(operations.createInvite), async (context) => {
    const { name, expires_in_hours: hours, own_seat_first: servesOwnerFirst, key } = context.req.valid("json");
    assertEndsLater(key.expires_at, "key.expires_at", clock.nowMs());
    const expiresAtMs = typeof key.expires_at === "string" ? Date.parse(key.expires_at) : key.expires_at;
    const { invite, code } = await invites.create(actorOf(context), {
      name,
      expiresAtMs: clock.nowMs() + hours * hourMs,
      servesOwnerFirst,
      key: { ...decodeAllowance(key), ...withoutUndefined({ expiresAtMs, teamId: key.team_id }) },
    });
    const base = publicUrl ?? originOf(context, trustProxy);
    return context.json(
      { ...encodeInvite(invite, invites.status(invite)), link: `${base}/join/${code.reveal()}` },
      201,
    );
  });

  app.openapi(route(operations.deleteInvite), async (context) => {
    await invites.remove(actorOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });

  app.openapi(route(operations.openJoinPage), (context) => {
    context.header("cache-control", "no-store");
    return context.redirect(`/join?code=${encodeURIComponent(context.req.valid("param").code)}`, 302);
  });

  app.openapi(route(operations.getInvitation), async (context) => {
    const { invite, consentText } = await seats.invitation(new Secret(context.req.valid("param").code));
    return context.json(
      {
        name: invite.name,
        invited_by: invite.createdBy,
        expires_at: encodeTime(invite.expiresAtMs),
        own_seat_first: invite.servesOwnerFirst,
        consent_text: consentText,
        device_flow: startSettings.device_flow,
      },
      200,
    );
  });

  app.openapi(route(operations.join), async (context) => {
    const code = new Secret(context.req.valid("param").code);
    const body = context.req.valid("json");
    if (body.method === "device") {
      return context.json(encodeJoining(await seats.joinByDevice(code, body.consent_text)), 202);
    }
    const issued = await seats.join(code, body.consent_text, new Secret(body.token));
    return context.json({ status: "complete" as const, key: encodeIssuedKey(issued, clock.nowMs()) }, 201);
  });

  app.openapi(route(operations.getJoining), async (context) => {
    refuseHead(context);
    // It may bring the key.
    context.header("cache-control", "no-store");
    const { code, id } = context.req.valid("param");
    const { signIn, key } = await seats.deviceFlow(new Secret(code), id);
    if (key !== null)
      return context.json({ status: "complete" as const, key: encodeIssuedKey(key, clock.nowMs()) }, 200);
    const { state } = signIn;
    if (state.status === "pending" || state.status === "complete") return context.json(encodeJoining(signIn), 200);
    return context.json({ status: state.status, error_message: state.reason }, 200);
  });

  app.openapi(route(operations.leaveSeat), async (context) => {
    await seats.leave(context.get("key"));
    return context.body(null, 204);
  });
}
