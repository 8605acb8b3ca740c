import type { AdminApp } from "../api/route/admin-app.js";
import { sessionCookieName } from "../auth/session-cookie.js";
import { describeDataRoutes } from "./describe-data-routes.js";
import { describeOtherRoutes } from "./describe-other-routes.js";

const description = `OpenAI's and Anthropic's APIs served by a pool of GitHub Copilot tokens, and the admin API behind the console.
\`x-access\` says who may call a route: anyone (public), whoever holds a key (key), a console user (user) or an admin (admin).`;

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
  describeOtherRoutes(app);

  let document: object | null = null;
  app.get("/openapi.json", (context) => {
    document ??= app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Copilot LLM Provider", version, description },
      servers: [{ url: "/" }],
    });
    return context.json(document);
  });
}
