import { expect, it } from "vitest";
import { mapEndpoint } from "./endpoint-snapshot.js";

const endpoint = {
  type: "openai" as const,
  wireApi: "completions" as const,
  baseUrl: "https://copilot.example/base/",
  apiKey: "key",
  headers: { "Content-Type": "application/json", "X-Initiator": "user", "Openai-Intent": "agent", Gone: undefined },
};

it("keeps the SDK's headers, lower-case, but for those that each request sets itself", () => {
  expect(mapEndpoint({ ...endpoint, headers: { ...endpoint.headers, Authorization: "Bearer own" } }, "m")).toEqual({
    origin: "https://copilot.example",
    basePath: "/base",
    headers: { "openai-intent": "agent", authorization: "Bearer own" },
    expiresAtMs: null,
  });
});

it("authorises with the key where the headers do not", () => {
  expect(mapEndpoint(endpoint, "m").headers.authorization).toBe("Bearer key");
  const { apiKey: _none, ...open } = endpoint;
  expect(mapEndpoint(open, "m").headers.authorization).toBeUndefined();
});

it("sends a session token under its own header until it ends, and for its own model only", () => {
  const sessionToken = { token: "st", header: "Copilot-Session-Token", expiresAt: "2026-01-01T00:00:00Z" };
  expect(mapEndpoint({ ...endpoint, sessionToken }, null)).toMatchObject({
    headers: { "copilot-session-token": "st" },
    expiresAtMs: Date.UTC(2026, 0, 1),
  });
  const bound = { ...endpoint, sessionToken: { ...sessionToken, model: "m" } };
  expect(mapEndpoint(bound, "m").headers["copilot-session-token"]).toBe("st");
  expect(mapEndpoint(bound, "other")).toMatchObject({ expiresAtMs: null });
  expect(mapEndpoint(bound, "other").headers["copilot-session-token"]).toBeUndefined();
});
