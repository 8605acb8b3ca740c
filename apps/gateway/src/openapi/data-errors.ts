import { type ErrorCode, GatewayError, type Protocol } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import type { z } from "@hono/zod-openapi";
import { describeErrorStatus } from "../api/route/error-answers.js";
import { errorExamples, exampleRequestId } from "../api/route/error-examples.js";
import { anthropicError, openaiError } from "./data-schemas.js";

/** What may befall whoever asks for the models. */
export const modelListErrors: readonly ErrorCode[] = ["invalid_request", "unauthenticated", "permission_denied"];

export const bodyErrors: readonly ErrorCode[] = [
  "invalid_request",
  "unauthenticated",
  "permission_denied",
  "model_not_found",
  "request_timeout",
  "request_too_large",
  "unsupported_encoding",
];

/** What may befall a request to a model. */
export const modelRequestErrors: readonly ErrorCode[] = [
  ...bodyErrors,
  "upstream_rejected",
  "budget_exhausted",
  "quota_exceeded",
  "limit_exceeded",
  "no_token_available",
  "upstream_rate_limited",
  "upstream_error",
  "upstream_timeout",
  "unavailable",
];

interface ErrorAnswer {
  readonly description: string;
  readonly content: {
    readonly "application/json": {
      readonly schema: z.ZodType;
      readonly examples: Readonly<Record<string, { readonly value: unknown }>>;
    };
  };
}

/** The errors by their status in the protocol, each as the protocol's own clients get it; `default` is any other. */
export function dataErrors(protocol: Protocol, codes: readonly ErrorCode[]): Record<string, ErrorAnswer> {
  const encoded = codes.map((code) => ({ code, ...encode(protocol, code) }));
  const statuses = [...new Set(encoded.map(({ status }) => status))];
  const answers = statuses.map((status) => {
    const its = encoded.filter((one) => one.status === status).map(({ code }) => code);
    return [String(status), answer(protocol, describeErrorStatus(status, its), its)] as const;
  });
  const rest = answer(protocol, "The request failed; the error has this API's own shape.", ["internal"]);
  return { ...Object.fromEntries(answers), default: rest };
}

function answer(protocol: Protocol, description: string, codes: readonly ErrorCode[]): ErrorAnswer {
  const schema = protocol === "anthropic-messages" ? anthropicError : openaiError;
  const examples = Object.fromEntries(codes.map((code) => [code, { value: encode(protocol, code).body }]));
  return { description, content: { "application/json": { schema, examples } } };
}

function encode(protocol: Protocol, code: ErrorCode) {
  return encodeError(protocol, new GatewayError(code, errorExamples[code]), exampleRequestId);
}
