import Anthropic from "@anthropic-ai/sdk";
import { errorCodes, GatewayError, type JsonObject, type Protocol } from "@copilot-llm/model";
import OpenAI from "openai";
import { describe, expect, it } from "vitest";
import type { EncodedError } from "../codec/encoded-error.js";
import { encodeError } from "./encode-error.js";

const error = (code: (typeof errorCodes)[number], options = {}) => new GatewayError(code, "What happened.", options);
const answer = (encoded: EncodedError) => async () =>
  new Response(JSON.stringify(encoded.body), { status: encoded.status, headers: encoded.headers });

async function openaiError(gatewayError: GatewayError): Promise<unknown> {
  const fetch = answer(encodeError("openai-chat", gatewayError, "req-1"));
  const client = new OpenAI({ apiKey: "k", maxRetries: 0, fetch });
  return client.chat.completions.create({ model: "m", messages: [] }).catch((thrown: unknown) => thrown);
}

async function anthropicError(gatewayError: GatewayError): Promise<unknown> {
  const fetch = answer(encodeError("anthropic-messages", gatewayError, "req-1"));
  const client = new Anthropic({ apiKey: "k", maxRetries: 0, fetch });
  return client.messages.create({ model: "m", max_tokens: 1, messages: [] }).catch((thrown: unknown) => thrown);
}

const rejected = (status: number, code: string | null = "c") =>
  error("upstream_rejected", { upstream: { status, code, message: "The service said no." } });
const busy = (status: number) =>
  error("upstream_rate_limited", { upstream: { status, code: "model_overloaded", message: "busy" } });

describe("encodeError and the official SDKs", () => {
  it.each([
    [error("invalid_request"), OpenAI.BadRequestError, 400, "invalid_request_error", null],
    [
      error("invalid_request", { details: { error_code: "previous_response_not_found" } }),
      OpenAI.BadRequestError,
      400,
      "invalid_request_error",
      "previous_response_not_found",
    ],
    [
      rejected(400, "model_max_prompt_tokens_exceeded"),
      OpenAI.BadRequestError,
      400,
      "invalid_request_error",
      "context_length_exceeded",
    ],
    [error("unauthenticated"), OpenAI.AuthenticationError, 401, "invalid_request_error", "invalid_api_key"],
    [error("permission_denied"), OpenAI.PermissionDeniedError, 403, "permission_error", "permission_denied"],
    [error("model_not_found"), OpenAI.NotFoundError, 404, "invalid_request_error", "model_not_found"],
    [error("method_not_allowed"), OpenAI.APIError, 405, "invalid_request_error", "method_not_allowed"],
    [error("conflict"), OpenAI.ConflictError, 409, "invalid_request_error", "conflict"],
    [error("request_too_large"), OpenAI.APIError, 413, "invalid_request_error", "request_too_large"],
    [error("unsupported_encoding"), OpenAI.APIError, 415, "invalid_request_error", "unsupported_encoding"],
    [
      error("limit_exceeded", { retryAfterMs: 2000 }),
      OpenAI.RateLimitError,
      429,
      "rate_limit_error",
      "rate_limit_exceeded",
    ],
    [
      error("budget_exhausted", { retryAfterMs: 2000 }),
      OpenAI.APIError,
      402,
      "insufficient_quota",
      "insufficient_quota",
    ],
    [error("request_timeout"), OpenAI.APIError, 408, "invalid_request_error", "request_timeout"],
    [error("no_token_available"), OpenAI.RateLimitError, 429, "rate_limit_error", "no_token_available"],
    [error("quota_exceeded"), OpenAI.APIError, 402, "insufficient_quota", "quota_exceeded"],
    [rejected(400), OpenAI.BadRequestError, 400, "invalid_request_error", "c"],
    [rejected(422), OpenAI.UnprocessableEntityError, 422, "invalid_request_error", "c"],
    [rejected(404, ""), OpenAI.NotFoundError, 404, "invalid_request_error", null],
    [busy(429), OpenAI.RateLimitError, 429, "rate_limit_error", "model_overloaded"],
    [busy(503), OpenAI.InternalServerError, 503, "server_error", "model_overloaded"],
    [error("upstream_error"), OpenAI.InternalServerError, 502, "server_error", "upstream_error"],
    [error("upstream_timeout"), OpenAI.InternalServerError, 504, "server_error", "upstream_timeout"],
    [error("unavailable"), OpenAI.InternalServerError, 503, "server_error", "unavailable"],
    [error("internal"), OpenAI.InternalServerError, 500, "server_error", "internal_error"],
  ])("OpenAI's raises its class for %s", async (gatewayError, expected, status, type, code) => {
    const thrown = await openaiError(gatewayError);
    expect(thrown).toBeInstanceOf(expected);
    expect(thrown).toMatchObject({ status, type, code, requestID: "req-1" });
  });

  it.each([
    [error("invalid_request"), Anthropic.BadRequestError, 400, "invalid_request_error"],
    [error("unauthenticated"), Anthropic.AuthenticationError, 401, "authentication_error"],
    [error("permission_denied"), Anthropic.PermissionDeniedError, 403, "permission_error"],
    [error("model_not_found"), Anthropic.NotFoundError, 404, "not_found_error"],
    [error("method_not_allowed"), Anthropic.APIError, 405, "invalid_request_error"],
    [error("conflict"), Anthropic.ConflictError, 409, "invalid_request_error"],
    [error("request_too_large"), Anthropic.APIError, 413, "request_too_large"],
    [error("unsupported_encoding"), Anthropic.APIError, 415, "invalid_request_error"],
    [error("limit_exceeded"), Anthropic.RateLimitError, 429, "rate_limit_error"],
    [error("budget_exhausted"), Anthropic.APIError, 402, "billing_error"],
    [error("request_timeout"), Anthropic.APIError, 408, "timeout_error"],
    [error("no_token_available"), Anthropic.RateLimitError, 429, "rate_limit_error"],
    [error("quota_exceeded"), Anthropic.APIError, 402, "billing_error"],
    [rejected(413), Anthropic.APIError, 413, "request_too_large"],
    [rejected(422), Anthropic.UnprocessableEntityError, 422, "invalid_request_error"],
    [busy(503), Anthropic.InternalServerError, 529, "overloaded_error"],
    [error("upstream_error"), Anthropic.InternalServerError, 502, "api_error"],
    [error("upstream_timeout"), Anthropic.InternalServerError, 504, "timeout_error"],
    [error("unavailable"), Anthropic.InternalServerError, 503, "api_error"],
    [error("internal"), Anthropic.InternalServerError, 500, "api_error"],
  ])("Anthropic's raises its class for %s", async (gatewayError, expected, status, type) => {
    const thrown = await anthropicError(gatewayError);
    expect(thrown).toBeInstanceOf(expected);
    expect(thrown).toMatchObject({ status, type, requestID: "req-1" });
  });

  it("hands Anthropic's SDK the details' error code", async () => {
    const details = { error_code: "thread_unsupported_request", unsupported: ["thread"] };
    expect(await anthropicError(error("invalid_request", { details }))).toMatchObject({
      errorCode: "thread_unsupported_request",
      details,
    });
  });
});

describe("encodeError", () => {
  const protocols: Protocol[] = ["openai-chat", "openai-responses", "openai-embeddings", "anthropic-messages"];

  it.each([undefined, 0, 400, 30_000, 59_500, 3_600_000])(
    "sends retry-after from 1 to 59 with every 429 (%j ms; requirement: retry-after)",
    (retryAfterMs) => {
      for (const code of ["limit_exceeded", "no_token_available", "upstream_rate_limited"] as const) {
        for (const protocol of protocols) {
          const options = retryAfterMs === undefined ? {} : { retryAfterMs };
          const { status, headers } = encodeError(protocol, error(code, options), "r");
          expect(status).toBe(429);
          expect(headers["retry-after"]).toMatch(/^[1-5]?[0-9]$/);
          expect(Number(headers["retry-after"])).toBeGreaterThanOrEqual(1);
        }
      }
    },
  );

  it("tells SDKs not to retry what waiting a minute cannot cure", () => {
    const header = (gatewayError: GatewayError) =>
      encodeError("openai-chat", gatewayError, "r").headers["x-should-retry"];
    expect(header(error("limit_exceeded", { retryAfterMs: 3_600_000 }))).toBe("false");
    expect(header(error("limit_exceeded", { retryAfterMs: 5000 }))).toBeUndefined();
    expect(header(error("upstream_error"))).toBeUndefined();
    expect(header(error("unavailable"))).toBeUndefined();
  });

  it.each(protocols)(
    "%s: tells agents that what no repeat can mend is final, and names no time for it (requirement: final-refusals)",
    (protocol) => {
      const final = [
        error("invalid_request"),
        error("unauthenticated"),
        error("budget_exhausted", { retryAfterMs: 3_600_000 }),
        error("quota_exceeded", { retryAfterMs: 5000 }),
        error("permission_denied"),
        error("model_not_found"),
        error("not_found"),
        error("method_not_allowed"),
        error("conflict"),
        error("request_too_large"),
        rejected(422),
        error("upstream_rejected", { upstream: { status: 400, code: null, message: "no", shouldRetry: true } }),
      ];
      const statuses = final.map((one) => {
        const { status, headers } = encodeError(protocol, one, "r");
        expect([status, headers["x-should-retry"], headers["retry-after"]]).toEqual([status, "false", undefined]);
        return status;
      });
      expect(statuses).toEqual(expect.arrayContaining([400, 401, 402, 403, 404, 413]));
    },
  );

  it.each(protocols)("%s: says with every 503 how long to wait", (protocol) => {
    const wait = (gatewayError: GatewayError) => encodeError(protocol, gatewayError, "r").headers["retry-after"];
    expect(wait(error("unavailable"))).toBe("5");
    expect(wait(error("unavailable", { retryAfterMs: 2000 }))).toBe("2");
    expect(wait(busy(503))).toBe("5");
  });

  it.each([
    ["prompt token count of 210000 exceeds the limit of 200000", "model_max_prompt_tokens_exceeded", 210_000, 200_000],
    ["prompt is too long: 210000 tokens > 200000 maximum", "invalid_request_error", 210_000, 200_000],
    [
      "This model's maximum context length is 128000 tokens. However, your messages resulted in 140000 tokens.",
      "context_length_exceeded",
      140_000,
      128_000,
    ],
    ["Your input exceeds the context window of this model.", null, null, null],
    ["too many words", "model_max_prompt_tokens_exceeded", null, null],
  ])(
    "tells a prompt that is too long in the words that the client knows: %s (requirement: prompt-too-long)",
    (message, code, tokens, limit) => {
      const tooLong = error("upstream_rejected", { upstream: { status: 400, code, message } });
      for (const protocol of ["openai-chat", "openai-responses"] as const) {
        const told = { message, code: "context_length_exceeded", type: "invalid_request_error" };
        expect(encodeError(protocol, tooLong, "r")).toMatchObject({ status: 400, body: { error: told } });
      }
      const words = tokens === null ? message : `${tokens} tokens > ${limit} maximum`;
      expect(encodeError("anthropic-messages", tooLong, "r")).toMatchObject({
        status: 400,
        body: { error: { type: "invalid_request_error", message: `prompt is too long: ${words}` } },
      });
    },
  );

  it("gives the true wait in the details", () => {
    expect(encodeError("openai-chat", error("limit_exceeded", { retryAfterMs: 3_600_000 }), "r").body).toMatchObject({
      error: { details: { retry_after_seconds: 3600 } },
    });
  });

  it("keeps the upstream's own words and the field at fault", () => {
    expect(encodeError("openai-chat", rejected(400), "r").body).toEqual({
      error: { message: "The service said no.", type: "invalid_request_error", code: "c", param: null },
    });
    expect(encodeError("openai-chat", error("invalid_request", { param: "messages" }), "r").body).toMatchObject({
      error: { param: "messages" },
    });
  });

  it.each(protocols)("%s: never shows the message of an internal error", (protocol) => {
    const { body } = encodeError(protocol, new GatewayError("internal", "db password is x"), "req-9");
    expect(JSON.stringify(body)).not.toContain("password");
    expect(JSON.stringify(body)).toContain("req-9");
  });

  it.each(protocols)("%s: has a form for every code, with the request id in the headers", (protocol) => {
    for (const code of errorCodes) {
      const { status, headers, body } = encodeError(protocol, error(code), "req-1");
      expect(status).toBeGreaterThanOrEqual(400);
      expect(headers["x-request-id"]).toBe("req-1");
      expect(headers["request-id"]).toBe(protocol === "anthropic-messages" ? "req-1" : undefined);
      expect(Object.keys((body.error as JsonObject) ?? {})).toContain("message");
    }
  });
});
