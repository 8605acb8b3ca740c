import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { AdminApp } from "../api/route/admin-app.js";
import { sessionCookieName } from "../auth/read-session-cookie.js";
import { describeBatchRoutes } from "./describe-batch-routes.js";
import { describeDataRoutes } from "./describe-data-routes.js";
import { describeModelRoutes } from "./describe-model-routes.js";
import { describeOtherRoutes } from "./describe-other-routes.js";

const description = `OpenAI's and Anthropic's APIs served by a pool of GitHub Copilot tokens, and the admin API behind the console.
\`x-access\` says who may call a route: anyone (public), whoever holds a key (key), a console user (user) or an admin (admin). \`x-errors\` are the error codes of a route's own, besides
those that follow from its access and its input; \`x-passes-on\`: it answers as a model request does, a refusal included.`;

/** `GET /openapi.json`: the API document, made from the schemas that validate. To be added after every other route. */
export function addOpenapiRoutes(app: AdminApp, version: string): void {
  const { openAPIRegistry: registry } = app;
  registry.registerComponent("securitySchemes", "bearerKey", {
    type: "http",
    scheme: "bearer",
    description: "A managed key, or a console session's token",
  });
  registry.registerComponent("securitySchemes", "apiKeyHeader", { type: "apiKey", in: "header", name: "x-api-key" });
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: sessionCookieName,
    description: "A console session; its token may come as Bearer instead. Data routes take an admin's only.",
  });
  describeDataRoutes(app);
  describeModelRoutes(app);
  describeBatchRoutes(app);
  describeOtherRoutes(app);

  // Anyone may ask for it: it is written and compressed once, so that asking costs next to nothing.
  let written: WrittenDocument | null = null;
  app.get("/openapi.json", (context) => {
    written ??= writeDocument(app, version);
    context.header("etag", written.etag);
    context.header("vary", "accept-encoding");
    context.header("content-type", "application/json");
    if (!/\bgzip\b/.test(context.req.header("accept-encoding") ?? "")) return context.body(written.plain);
    context.header("content-encoding", "gzip");
    return context.body(written.compressed);
  });
}

interface WrittenDocument {
  readonly plain: Uint8Array<ArrayBuffer>;
  readonly compressed: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

function writeDocument(app: AdminApp, version: string): WrittenDocument {
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: "Copilot LLM Provider", version, description },
    servers: [{ url: "/" }],
  });
  const plain = new TextEncoder().encode(JSON.stringify(document));
  const etag = `"${createHash("sha256").update(plain).digest("base64url")}"`;
  return { plain, compressed: new Uint8Array(gzipSync(plain)), etag };
}
