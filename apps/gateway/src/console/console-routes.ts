import type { Context, Hono, MiddlewareHandler } from "hono";
import { except } from "hono/combine";
import { compress } from "hono/compress";
import { etag, RETAINED_304_HEADERS } from "hono/etag";
import { serveStatic } from "hono/serve-static";
import type { GatewayEnv } from "../http/request-context.js";
import type { ConsoleFiles } from "./console-files.js";

const apiPaths = ["/api/*", "/openai/*", "/anthropic/*", "/v1/*"];
const notFoundPage = "/404.html";

/** Serves the console at every GET path that no other route took, except those of an API. */
export function addConsoleRoutes(app: Hono<GatewayEnv>, files: ConsoleFiles): void {
  app.get(
    "/*",
    except(
      apiPaths,
      async (_context, next) => {
        await files.read();
        await next();
      },
      // For a console that was built without its compressed forms.
      compress(),
      etag({ retainedHeaders: [...RETAINED_304_HEADERS, "x-request-id"] }),
      serveFiles(files),
      serveNotFound(files),
    ),
  );
}

function serveFiles(files: ConsoleFiles): MiddlewareHandler {
  return serveStatic<GatewayEnv>({
    precompressed: true,
    join: (_root, filePath = "") => filePath,
    rewriteRequestPath: (urlPath) => files.resolve(urlPath) ?? "",
    getContent: (filePath, context) => readContent(files, filePath, context),
    onFound: (filePath, context) => setHeaders(files, filePath, context),
  });
}

function serveNotFound(files: ConsoleFiles): MiddlewareHandler {
  return serveStatic<GatewayEnv>({
    precompressed: true,
    path: notFoundPage,
    join: (_root, filePath = "") => filePath,
    getContent: (filePath, context) => readContent(files, filePath, context),
    onFound(filePath, context) {
      setHeaders(files, filePath, context);
      context.status(404);
    },
  });
}

/** Called for a file, then for its compressed forms that the client takes: what was found last is sent. */
async function readContent(files: ConsoleFiles, filePath: string, context: Context<GatewayEnv>) {
  const file = files.get(filePath);
  if (file === null) return null;
  context.header("etag", file.etag);
  context.header("content-length", String(file.bytes.length));
  return file.bytes;
}

function setHeaders(files: ConsoleFiles, filePath: string, context: Context<GatewayEnv>): void {
  // Next names its static files by content.
  const isImmutable = filePath.startsWith("/_next/static/");
  context.header("cache-control", isImmutable ? "public, max-age=31536000, immutable" : "no-cache");
  context.header("vary", "accept-encoding");
  context.header("x-content-type-options", "nosniff");
  const policy = files.policyOf(filePath);
  if (policy === null) return;
  context.header("content-security-policy", policy);
  context.header("referrer-policy", "no-referrer");
  context.header("x-frame-options", "DENY");
}
