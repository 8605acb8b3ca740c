import type { UserAdmin } from "@copilot-llm/provider";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeNewUser, decodeUserChanges } from "./decode.js";
import { encodeUser } from "./encode.js";
import { createUser, deleteUser, listUsers, updateUser } from "./operations.js";

/** The people who may open the console. */
export function addUserRoutes(app: AdminApp, route: RouteFactory, users: UserAdmin): void {
  app.openapi(route(listUsers), async (context) => context.json({ users: (await users.list()).map(encodeUser) }, 200));

  app.openapi(route(createUser), async (context) => {
    const user = await users.create(actorOf(context), decodeNewUser(context.req.valid("json")));
    return context.json(encodeUser(user), 201);
  });

  app.openapi(route(updateUser), async (context) => {
    const changes = decodeUserChanges(context.req.valid("json"));
    const user = await users.update(actorOf(context), context.req.valid("param").id, changes);
    return context.json(encodeUser(user), 200);
  });

  app.openapi(route(deleteUser), async (context) => {
    await users.remove(actorOf(context), context.req.valid("param").id);
    return context.body(null, 204);
  });
}
