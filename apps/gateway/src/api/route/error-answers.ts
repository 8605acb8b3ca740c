import type { ErrorCode } from "@copilot-llm/model";
import { errorExamples, exampleRequestId } from "./error-examples.js";
import { errorStatuses } from "./error-statuses.js";
import { type ApiErrorBody, apiErrorBody, passedOnError } from "./fields.js";
import type { Operation } from "./operation.js";

type ErrorSchema = typeof apiErrorBody | typeof passedOnError;

/** What else a model request is refused for. */
const passedOnCodes: readonly ErrorCode[] = [
  "model_not_found",
  "budget_exhausted",
  "quota_exceeded",
  "limit_exceeded",
  "no_token_available",
];

export interface ErrorAnswer {
  readonly description: string;
  readonly content: {
    readonly "application/json": {
      readonly schema: ErrorSchema;
      readonly examples: Readonly<Record<string, { readonly value: ApiErrorBody }>>;
    };
  };
}

/** How the document begins what it says of an error's status. */
const subjects: Readonly<Record<number, string>> = {
  400: "The request is not valid",
  401: "The caller is not signed in, or brings no key that is valid",
  402: "A budget or a quota is used up",
  403: "The caller may not do this",
  404: "There is no such thing",
  405: "The method is not offered here",
  408: "The request's body stopped coming",
  409: "The change collides with what is stored",
  413: "The request is too large",
  415: "The body's encoding is not known",
  429: "Too much is asked for now; `retry-after` says when to come again",
  500: "The gateway has a fault",
  502: "GitHub refused, or failed",
  503: "The gateway cannot serve now",
  504: "GitHub did not answer in time",
};

/** What an error's status means, and by which codes it comes: a sentence for the API document. */
export function describeErrorStatus(status: number, codes: readonly ErrorCode[]): string {
  return `${subjects[status] ?? "The request failed"} (${codes.map((code) => `\`${code}\``).join(", ")}).`;
}

/**
 * The errors that an operation can answer with, by status: those that follow from who may call it and what it takes, and
 * those that its declaration names. `default` stands for what can befall any of them.
 */
export function errorAnswers(operation: Operation): { readonly default: ErrorAnswer } {
  const rest =
    "The request failed for a reason that is not this route's own: its address or headers are too long, too many unknown sessions are tried, the gateway's store cannot be reached, or the gateway has a fault.";
  const passesOn = operation["x-passes-on"] === true;
  const own = [...impliedCodes(operation), ...(operation["x-errors"] ?? []), ...(passesOn ? passedOnCodes : [])];
  const schema = passesOn ? passedOnError : apiErrorBody;
  return {
    ...listErrorAnswers(own, schema),
    default: answer(rest, ["request_too_large", "limit_exceeded", "unavailable", "internal"], schema),
  };
}

/** The answers by these codes, by status. */
export function listErrorAnswers(
  codes: readonly ErrorCode[],
  schema: ErrorSchema = apiErrorBody,
): Record<string, ErrorAnswer> {
  const distinct = [...new Set(codes)];
  const statuses = [...new Set(distinct.map((code) => errorStatuses[code]))];
  const answers = statuses.map((status) => {
    const its = distinct.filter((code) => errorStatuses[code] === status);
    return [String(status), answer(describeErrorStatus(status, its), its, schema)] as const;
  });
  return Object.fromEntries(answers);
}

function impliedCodes({ method, path, request = {}, "x-access": access }: Operation): readonly ErrorCode[] {
  const { body, params, query, headers } = request;
  const takesInput = [body, params, query, headers].some((part) => part !== undefined);
  return [
    ...(takesInput ? (["invalid_request"] as const) : []),
    ...(access === "public" ? [] : (["unauthenticated"] as const)),
    // Whoever may only look; a page of another site that sends the cookie; a key that is disabled.
    ...(access === "admin" || access === "key" || (access === "user" && method !== "get")
      ? (["permission_denied"] as const)
      : []),
    ...(path.includes("{") ? (["not_found"] as const) : []),
    ...(body === undefined ? [] : (["request_timeout", "request_too_large", "unsupported_encoding"] as const)),
  ];
}

function answer(description: string, codes: readonly ErrorCode[], schema: ErrorSchema): ErrorAnswer {
  const examples = codes.map((code) => [code, { value: encode(code) }] as const);
  return {
    description,
    content: { "application/json": { schema, examples: Object.fromEntries(examples) } },
  };
}

function encode(code: ErrorCode): ApiErrorBody {
  return { error: { code, message: errorExamples[code], request_id: exampleRequestId } };
}
