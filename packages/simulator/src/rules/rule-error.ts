import type { Quirks } from "../quirks.js";
import {
  createAnthropicError,
  createBedrockError,
  createGitHubError,
  createServiceError,
  createTextError,
  type Refusal,
} from "../wires/refusal.js";
import type { Finding } from "./finding.js";

/** The body of a refusal. `backend` takes the shape of the back-end that answers: Bedrock's, Anthropic's or the service's own. */
export type ErrorShape = "service" | "anthropic" | "bedrock" | "backend" | "github" | "text";

/** A refusal with room for what the check found: `{name}` in a text stands for the finding's value of that name. */
export interface RuleError {
  readonly status: number;
  readonly shape: ErrorShape;
  readonly message: string;
  /** For the service's own shape; default `invalid_request_body`. */
  readonly code?: string;
  /** Further fields of the service's own error object. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const defaultCode = "invalid_request_body";

/** The refusal that the client gets. */
export function renderRuleError(error: RuleError, finding: Finding, quirks?: Quirks): Refusal {
  const message = fill(error.message, finding);
  const refusal = renderShape(error, message, fill(error.code ?? defaultCode, finding), quirks);
  if (error.headers === undefined) return refusal;
  const headers = Object.entries(error.headers).map(([name, value]) => [name, fill(value, finding)]);
  return { ...refusal, headers: Object.fromEntries(headers) };
}

function renderShape({ status, shape, fields }: RuleError, message: string, code: string, quirks?: Quirks): Refusal {
  switch (shape === "backend" ? shapeOfBackend(quirks) : shape) {
    case "anthropic":
      return createAnthropicError(status, message);
    case "bedrock":
      return createBedrockError(status, message);
    case "github":
      return createGitHubError(status, message);
    case "text":
      return createTextError(status, `${message}\n`);
    default:
      return createServiceError(status, message, code, fields);
  }
}

function shapeOfBackend(quirks?: Quirks): ErrorShape {
  const backend = quirks?.messagesBackend ?? "bedrock";
  return backend === "vertex" ? "service" : backend;
}

function fill(template: string, finding: Finding): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(finding[name] ?? whole));
}
