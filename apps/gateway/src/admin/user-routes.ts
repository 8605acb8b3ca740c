import { Secret } from "@copilot-llm/model";
import type { UserAdmin } from "@copilot-llm/provider";
import { idParam } from "../admin-api/fields.js";
import { createUserBody, updateUserBody, userList, userView } from "../admin-api/user-schemas.js";
import { type AdminApp, json, jsonBody, type RouteFactory } from "./admin-router.js";
import { encodeUser } from "./encode-views.js";
import { withoutUndefined } from "./without-undefined.js";

const root = "/api/admin/users";

/** The people who may open the console. */
export function addUserRoutes(app: AdminApp, route: RouteFactory, users: UserAdmin): void {
  app.openapi(
    route("admin", { method: "get", path: root, responses: { 200: json(userList, "Every user") } }),
    async (context) => context.json({ users: (await users.list()).map(encodeUser) }, 200),
  );

  app.openapi(
    route("admin", {
      method: "post",
      path: root,
      request: jsonBody(createUserBody, "A name, a first password, and whether the user may change things"),
      responses: { 201: json(userView, "The user") },
    }),
    async (context) => {
      const { password, ...rest } = context.req.valid("json");
      const user = await users.create(context.get("user").username, { ...rest, password: new Secret(password) });
      return context.json(encodeUser(user), 201);
    },
  );

  app.openapi(
    route("admin", {
      method: "patch",
      path: `${root}/{id}`,
      request: { ...idParam, ...jsonBody(updateUserBody, "What is to change; a new password ends every sign-in") },
      responses: { 200: json(userView, "The changed user") },
    }),
    async (context) => {
      const { username, role, password } = context.req.valid("json");
      const changes = withoutUndefined({
        username,
        role,
        password: password === undefined ? undefined : new Secret(password),
      });
      const user = await users.update(context.get("user").username, context.req.valid("param").id, changes);
      return context.json(encodeUser(user), 200);
    },
  );

  app.openapi(
    route("admin", {
      method: "delete",
      path: `${root}/{id}`,
      request: idParam,
      responses: { 204: { description: "Gone, and signed out" } },
    }),
    async (context) => {
      await users.remove(context.get("user").username, context.req.valid("param").id);
      return context.body(null, 204);
    },
  );
}
