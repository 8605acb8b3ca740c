import { OpenAPIHono } from "@hono/zod-openapi";
import { invalidRequest } from "../../http/invalid-request.js";
import type { GatewayEnv } from "../../http/request-context.js";

export type AdminApp = OpenAPIHono<GatewayEnv>;

/** A Hono app whose validation errors are ours: the first field at fault, named. */
export function createAdminApp(): AdminApp {
  return new OpenAPIHono<GatewayEnv>({
    defaultHook: (result) => {
      // The validator tells what did not fit as well, which its types leave out.
      if (!result.success)
        throw invalidRequest(result.error, "data" in result ? result.data : undefined, "The request");
    },
  });
}
