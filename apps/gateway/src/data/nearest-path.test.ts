import { expect, test } from "vitest";
import { nearestPath } from "./nearest-path.js";

test.each([
  ["/openai/v1/v1/chat/completions", "/openai/v1/chat/completions"],
  ["/openai/chat/completions", "/openai/v1/chat/completions"],
  ["/openai/v1/completions", "/openai/v1/chat/completions"],
  ["/anthropic/messages", "/anthropic/v1/messages"],
  ["/anthropic/v1/v1/messages/count_tokens", "/anthropic/v1/messages/count_tokens"],
  ["/openai/v1/messages", "/v1/messages"],
  ["/anthropic/v1/chat/completions", "/openai/v1/chat/completions"],
  ["/api/openai/deployments/gpt-5-mini/v1/responses", "/openai/v1/responses"],
  ["/openai/models", "/openai/v1/models"],
  ["/openai/v1/response", "/openai/v1/responses"],
  ["/v1/embedding", "/openai/v1/embeddings"],
])("%s is like %s", (asked, nearest) => {
  expect(nearestPath(asked)).toBe(nearest);
});

test.each([
  "/robots.txt",
  "/",
  "/me",
  "/mcp/v2",
  "/api/admin/models-x",
  "/openai/v1/models",
  "/api/admin/nothing",
  "/favicon.ico",
])("%s is like none, or one itself", (asked) => {
  expect(nearestPath(asked)).toBeNull();
});
