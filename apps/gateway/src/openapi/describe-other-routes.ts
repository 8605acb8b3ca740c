import type { AdminApp } from "../api/route/admin-app.js";
import type { DescribedOperation } from "./described-operation.js";

const mcp = {
  path: "/mcp",
  tags: ["MCP"],
  security: [{ bearerKey: [] }, { apiKeyHeader: [] }, { session: [] }],
  "x-access": "key" as const,
};

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
    responses: { 200: { description: "A JSON-RPC answer, as the Model Context Protocol defines it." } },
  },
  {
    ...mcp,
    method: "delete",
    operationId: "endMcpSession",
    summary: "End an MCP session",
    description: "Ends the session that `Mcp-Session-Id` names.",
    responses: { 200: { description: "The session has ended." } },
  },
  {
    ...probe,
    path: "/health",
    operationId: "getHealth",
    summary: "Check that the gateway runs",
    description: "Answers as soon as the process listens, whatever the state of tokens and stores.",
    responses: { 200: { description: "The gateway runs." } },
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
    responses: { 200: { description: "The metrics in Prometheus's text format.", content: { "text/plain": {} } } },
  },
  {
    ...probe,
    path: "/ready",
    operationId: "getReadiness",
    summary: "Check that the gateway can serve",
    description: "Says whether at least one GitHub token can serve requests and records can be written.",
    responses: {
      200: { description: "The gateway can serve requests." },
      503: { description: "The gateway cannot serve requests; `reason` says why." },
    },
  },
];

/** Puts `/mcp` and the probes into the API document. */
export function describeOtherRoutes(app: AdminApp): void {
  for (const operation of operations) app.openAPIRegistry.registerPath(operation);
}
