import { GatewayError } from "@copilot-llm/model";
import { createRoute, OpenAPIHono, type RouteConfig } from "@hono/zod-openapi";
import { apiErrorBody } from "../admin-api/fields.js";
import type { GatewayEnv } from "../http/request-context.js";
import type { Access, Guards } from "./guards.js";

export type AdminApp = OpenAPIHono<GatewayEnv>;

/** A Hono app whose validation errors are ours: the first field at fault, named. */
export function createAdminApp(): AdminApp {
  return new OpenAPIHono<GatewayEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const issue = result.error.issues[0];
      const param = issue?.path.join(".") ?? "";
      const subject = param === "" ? "The request" : `\`${param}\``;
      throw new GatewayError("invalid_request", `${subject}: ${issue?.message ?? "not valid"}.`, { param });
    },
  });
}

/** How each admin route is declared: its access is part of it, enforced first and shown in the API document. */
export function createRouteFactory(guards: Guards) {
  return function route<const Config extends Omit<RouteConfig, "middleware" | "security">>(
    access: Access,
    config: Config,
  ) {
    return createRoute({
      tags: [tagOf(config.path)],
      ...config,
      middleware: guards[access],
      security: access === "public" ? [] : [{ session: [] }, { bearerKey: [] }],
      "x-access": access,
      responses: {
        ...config.responses,
        default: { description: "What went wrong", content: { "application/json": { schema: apiErrorBody } } },
      },
    });
  };
}

function tagOf(path: string): string {
  const [, , area = "", name = ""] = path.split("/");
  return area === "admin" ? `Admin: ${name}` : "Console";
}

export type RouteFactory = ReturnType<typeof createRouteFactory>;

/** A JSON body or answer of this schema. */
export function json<Schema>(schema: Schema, description: string) {
  return { description, content: { "application/json": { schema } } };
}

/** A JSON body that must be there. */
export function jsonBody<Schema>(schema: Schema, description: string) {
  return { body: { ...json(schema, description), required: true } };
}
