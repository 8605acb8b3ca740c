import { z } from "@hono/zod-openapi";
import type { AdminApp } from "../api/route/admin-app.js";
import { listErrorAnswers } from "../api/route/error-answers.js";
import type { DescribedOperation } from "./described-operation.js";

const mcp = {
  path: "/mcp",
  tags: ["MCP"],
  security: [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }],
  "x-access": "key" as const,
};

const sessionHeader = z.object({
  "mcp-session-id": z.string().optional().openapi({ description: "As `initialize` answered it." }),
});
const jsonRpc = z.looseObject({ jsonrpc: z.literal("2.0") }).openapi("JsonRpcMessage");
const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "example", version: "1.0.0" } },
};
const initialized = {
  jsonrpc: "2.0",
  id: 1,
  result: {
    protocolVersion: "2025-06-18",
    capabilities: { tools: { listChanged: true } },
    serverInfo: { name: "copilot-llm", version: "1.2.3" },
  },
};
const noSession = { code: -32001, message: "Session not found. Begin a new one with `initialize`." };

/** What MCP itself answers in JSON-RPC's shape, and what the gateway refuses before, in its own. */
const mcpErrors = {
  ...listErrorAnswers([
    "unauthenticated",
    "permission_denied",
    "request_timeout",
    "request_too_large",
    "unsupported_encoding",
    "unavailable",
  ]),
  400: rpcError("The message is not one of MCP, or belongs to no session.", {
    code: -32700,
    message: "The body is not JSON.",
  }),
  404: rpcError("There is no such session.", noSession),
};

const readiness = z.object({ ready: z.boolean(), reason: z.string().nullable() }).openapi("Readiness");

const metricsText = `# HELP copilot_llm_http_requests_total Answered HTTP requests.
# TYPE copilot_llm_http_requests_total counter
copilot_llm_http_requests_total{method="POST",route="/v1/messages",status="200"} 412
`;

const noSecurity: never[] = [];
const probe = {
  method: "get" as const,
  tags: ["Operation"],
  security: noSecurity,
  "x-access": "public" as const,
};

const operations: readonly DescribedOperation[] = [
  {
    ...mcp,
    method: "post",
    operationId: "callMcp",
    summary: "Call the MCP server",
    description:
      "The gateway's MCP tools over Streamable HTTP. Begin with `initialize`, then send the `Mcp-Session-Id` that it answers.",
    request: {
      headers: sessionHeader,
      body: { required: true, content: { "application/json": { schema: jsonRpc, example: initialize } } },
    },
    responses: {
      200: {
        description: "A JSON-RPC answer, as the Model Context Protocol defines it.",
        content: {
          "application/json": { schema: jsonRpc, example: initialized },
          "text/event-stream": {
            schema: z.string(),
            example: `event: message\ndata: ${JSON.stringify(initialized)}\n\n`,
          },
        },
      },
      202: { description: "A notification was taken." },
      ...mcpErrors,
    },
  },
  {
    ...mcp,
    method: "delete",
    operationId: "endMcpSession",
    summary: "End an MCP session",
    description: "Ends the session that `Mcp-Session-Id` names.",
    request: { headers: sessionHeader },
    responses: {
      200: { description: "The session has ended." },
      ...mcpErrors,
    },
  },
  {
    ...probe,
    path: "/health",
    operationId: "getHealth",
    summary: "Check that the gateway runs",
    description: "Answers as soon as the process listens, whatever the state of tokens and stores.",
    responses: {
      200: {
        description: "The gateway runs.",
        content: {
          "application/json": {
            schema: z.object({ status: z.literal("ok"), version: z.string() }),
            example: { status: "ok", version: "1.2.3" },
          },
        },
      },
    },
  },
  {
    method: "get",
    path: "/metrics",
    tags: ["Operation"],
    security: [{ session: [] }, { bearerKey: [] }],
    "x-access": "admin",
    operationId: "getMetrics",
    summary: "Read the metrics",
    description: "What Prometheus scrapes. Opened by an admin's session, or by `METRICS_TOKEN` as Bearer.",
    responses: {
      200: {
        description: "The metrics in Prometheus's text format.",
        content: { "text/plain": { schema: z.string(), example: metricsText } },
      },
      ...listErrorAnswers(["unauthenticated", "permission_denied"]),
    },
  },
  {
    ...probe,
    path: "/ready",
    operationId: "getReadiness",
    summary: "Check that the gateway can serve",
    description: "Says whether at least one GitHub token can serve requests and records can be written.",
    responses: {
      200: {
        description: "The gateway can serve requests.",
        content: { "application/json": { schema: readiness, example: { ready: true, reason: null } } },
      },
      503: {
        description: "The gateway cannot serve requests; `reason` says why.",
        content: {
          "application/json": { schema: readiness, example: { ready: false, reason: "No GitHub token can serve." } },
        },
      },
    },
  },
];

/** Puts `/mcp` and the probes into the API document. */
export function describeOtherRoutes(app: AdminApp): void {
  for (const operation of operations) app.openAPIRegistry.registerPath(operation);
}

function rpcError(description: string, error: { readonly code: number; readonly message: string }) {
  return {
    description,
    content: { "application/json": { schema: jsonRpc, example: { jsonrpc: "2.0", error, id: null } } },
  };
}
