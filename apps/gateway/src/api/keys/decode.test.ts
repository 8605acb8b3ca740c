import { expect, test } from "vitest";
import { decodeKeyChanges, decodeNewKey } from "./decode.js";
import { createApiKeyBody, updateApiKeyBody } from "./schemas.js";

test("what is left out is left out, and null is a value", () => {
  expect(decodeNewKey({ alias: "laptop" }, 0)).toEqual({ alias: "laptop" });
  expect(decodeKeyChanges({})).toEqual({});
  expect(decodeKeyChanges({ rpm: null, expires_at: null, allowed_models: null })).toEqual({
    limits: { requestsPerMinute: null },
    expiresAtMs: null,
    allowedModels: null,
  });
});

test("every field has its place", () => {
  const body = createApiKeyBody.parse({
    alias: " laptop ",
    enabled: false,
    allowed_models: ["gpt-*"],
    github_token_ids: ["tok_a"],
    max_requests: 1,
    max_premium_requests: 2.5,
    max_credits: 0.5,
    limit_period: "day",
    rpm: 3,
    tpm: 4,
    max_concurrency: 5,
    expires_at: "2026-03-10T12:00:00+02:00",
    recording: "metadata",
  });
  expect(decodeNewKey(body, Date.UTC(2026, 2, 9))).toEqual({
    alias: "laptop",
    enabled: false,
    allowedModels: ["gpt-*"],
    githubTokenIds: ["tok_a"],
    limits: {
      maxRequests: 1,
      maxPremiumRequests: 2.5,
      maxCredits: 0.5,
      limitPeriod: "day",
      requestsPerMinute: 3,
      tokensPerMinute: 4,
      maxConcurrency: 5,
    },
    expiresAtMs: Date.UTC(2026, 2, 10, 10),
    recording: "metadata",
  });
});

test.each([
  { max_requests: 0 },
  { max_requests: 1.5 },
  { max_credits: -1 },
  { rpm: "10" },
  { limit_period: "week" },
  { expires_at: "tomorrow" },
  { allowed_models: [] },
  { github_token_ids: [] },
  { recording: "some" },
  { alias: " " },
])("%o is no setting of a key", (body) => {
  expect(updateApiKeyBody.safeParse(body).success).toBe(false);
});
