// Copilot models as MCP tools, resources and prompts: one registry for every transport, over a provider in the same
// process or a gateway elsewhere. No transport, no settings, no process here. Every export here is public API.
export { createGatewayBackend, type GatewayBackendOptions } from "./backends/create-gateway-backend.js";
export { createLazyBackend } from "./backends/create-lazy-backend.js";
export { type Caller, createProviderBackend, type ProviderBackendOptions } from "./backends/create-provider-backend.js";
export type { ChatAnswer, ChatImage, ChatRequest, ChatTurn, FinishReason } from "./chat/chat-request.js";
export { createMcpServer } from "./create-mcp-server.js";
export type { ChatOptions, McpBackend } from "./mcp-backend.js";
export type { McpServerOptions } from "./mcp-server-options.js";
export type { Catalogue, Model } from "./models/model-schema.js";
export type { Quota, QuotaAccount, QuotaBucket } from "./quota/quota-schema.js";
