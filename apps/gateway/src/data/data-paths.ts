import type { Operation, Protocol } from "@copilot-llm/model";
import { filePaths, messageBatchPaths, openaiBatchPaths } from "./batch-paths.js";

export interface DataPath {
  readonly path: string;
  readonly protocol: Protocol;
  readonly operation: Operation;
}

/** Every path that takes a model request, aliases included. */
export const dataPaths: readonly DataPath[] = [
  { path: "/openai/v1/chat/completions", protocol: "openai-chat", operation: "generate" },
  { path: "/openai/v1/responses", protocol: "openai-responses", operation: "generate" },
  { path: "/openai/v1/embeddings", protocol: "openai-embeddings", operation: "embed" },
  { path: "/anthropic/v1/messages", protocol: "anthropic-messages", operation: "generate" },
  { path: "/anthropic/v1/messages/count_tokens", protocol: "anthropic-messages", operation: "count_tokens" },
  { path: "/v1/chat/completions", protocol: "openai-chat", operation: "generate" },
  { path: "/v1/responses", protocol: "openai-responses", operation: "generate" },
  { path: "/v1/embeddings", protocol: "openai-embeddings", operation: "embed" },
  { path: "/v1/messages", protocol: "anthropic-messages", operation: "generate" },
  { path: "/v1/messages/count_tokens", protocol: "anthropic-messages", operation: "count_tokens" },
];

/** In which API's shape an error on this path is told; null for our own routes. */
export function protocolOfPath(path: string, anthropicVersion: string | undefined): Protocol | null {
  const asked = path.endsWith("/") ? path.slice(0, -1) : path;
  const known = dataPaths.find((candidate) => candidate.path === asked);
  if (known !== undefined) return known.protocol;
  if (isBelow(asked, messageBatchPaths)) return "anthropic-messages";
  if (isBelow(asked, filePaths) || isBelow(asked, openaiBatchPaths)) return "openai-chat";
  if (path.startsWith("/anthropic/")) return "anthropic-messages";
  if (path.startsWith("/openai/")) return "openai-chat";
  if (path.startsWith("/v1/")) return anthropicVersion === undefined ? "openai-chat" : "anthropic-messages";
  return null;
}

function isBelow(path: string, roots: readonly string[]): boolean {
  return roots.some((root) => path === root || path.startsWith(`${root}/`));
}

/** The path as a route, with and without a slash at its end. */
export function withTrailingSlash(path: string): string[] {
  return [path, `${path}/`];
}

/** The model lists; one model is at `/{id}` below. */
export const modelPaths: readonly string[] = ["/openai/v1/models", "/anthropic/v1/models", "/v1/models"];
