import { GatewayError } from "@copilot-llm/model";
import { OpenAPIHono } from "@hono/zod-openapi";
import type { GatewayEnv } from "../../http/request-context.js";

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
