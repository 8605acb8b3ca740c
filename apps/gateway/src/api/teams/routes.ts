import type { Provider } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import { decodeAllowance } from "../keys/decode.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { withoutUndefined } from "../route/without-undefined.js";
import { encodeTeam } from "./encode.js";
import { createTeam, deleteTeam, listTeams, updateTeam } from "./operations.js";
import type { UpdateTeamBody } from "./schemas.js";

/** Limits that several keys share. */
export function addTeamRoutes(app: AdminApp, route: RouteFactory, { teams }: Pick<Provider, "teams">): void {
  app.openapi(route(listTeams), async (context) => {
    return context.json({ teams: (await teams.list()).map(encodeTeam) }, 200);
  });

  app.openapi(route(createTeam), async (context) => {
    const body = context.req.valid("json");
    const view = await teams.create(actorOf(context), { ...decodeTeam(body), name: body.name });
    return context.json(encodeTeam(view), 201);
  });

  app.openapi(route(updateTeam), async (context) => {
    const changes = decodeTeam(context.req.valid("json"));
    const view = await teams.update(actorOf(context), context.req.valid("param").id, changes);
    return context.json(encodeTeam(view), 200);
  });

  app.openapi(route(deleteTeam), async (context) => {
    await teams.remove(actorOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });
}

function decodeTeam({ name, ...limits }: UpdateTeamBody) {
  return { ...decodeAllowance(limits), ...withoutUndefined({ name }) };
}
