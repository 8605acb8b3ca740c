import type { Hono } from "hono";
import type { GatewayEnv } from "../http/request-context.js";
import type { ConsoleFile, ConsoleFiles } from "./console-files.js";

/** Serves the console at every GET path that no other route took, except those of an API. */
export function addConsoleRoutes(app: Hono<GatewayEnv>, files: ConsoleFiles): void {
  app.get("/*", async (context, next) => {
    const { path } = context.req;
    if (
      path.startsWith("/api/") ||
      path.startsWith("/openai/") ||
      path.startsWith("/anthropic/") ||
      path.startsWith("/v1/")
    ) {
      return next();
    }
    const file = files.find(path);
    if (file !== null) return respond(file, 200);
    const missing = files.notFoundPage();
    return missing === null ? next() : respond(missing, 404);
  });
}

function respond(file: ConsoleFile, status: number): Response {
  return new Response(new Uint8Array(file.bytes), { status, headers: file.headers });
}
