import type { UpstreamFailure } from "@copilot-llm/model";
import { classifyFailure } from "../failure/classify-failure.js";

/** The runtime process ended, or stopped answering, under a call. */
export class RuntimeLostError extends Error {
  override readonly name = "RuntimeLostError";
}

/** A control-plane call took longer than it may. */
export class ControlTimeoutError extends Error {
  override readonly name = "ControlTimeoutError";
}

/** A refusal that is classified already. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly failure: UpstreamFailure;

  constructor(failure: UpstreamFailure) {
    super(failure.error.message);
    this.failure = failure;
  }
}

/** `Failed to fetch Copilot user info: 401 Unauthorized: {"message":"Bad credentials"}`, with or without a body. */
const statusLine = /\b([1-5]\d\d) [A-Z][A-Za-z'-]*(?: [A-Z][A-Za-z'-]*)*(?:: ([\s\S]*))?$/;

/** What an error of the SDK, or of this package's own control plane, means for the account. */
export function mapControlFailure(error: unknown, nowMs: number): UpstreamFailure {
  if (error instanceof RefusedError) return error.failure;
  if (error instanceof ControlTimeoutError) {
    return createFailure("timeout", 504, "GitHub did not answer in time.");
  }
  const message = error instanceof Error ? error.message : "";
  const [, status, body = ""] = statusLine.exec(message) ?? [];
  if (status !== undefined) return classifyControlRefusal(Number(status), {}, body, nowMs);
  if (/not authenticated/i.test(message)) {
    return createFailure("unauthorized", 401, "GitHub does not know this account: it is not signed in.");
  }
  return createFailure("unreachable", 502, "GitHub could not be reached.");
}

/** As on the data plane, but here a 404 is about the account (no Copilot, no such installation) and not about a request. */
export function classifyControlRefusal(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
  nowMs: number,
): UpstreamFailure {
  const failure = classifyFailure(status, headers, body, nowMs);
  return failure.kind === "rejected" ? { ...failure, kind: "forbidden" } : failure;
}

export function createFailure(kind: UpstreamFailure["kind"], status: number, message: string): UpstreamFailure {
  return { kind, retryAfterMs: null, error: { status, code: null, message } };
}

/** An error's own words for the log, without anything that looks like a GitHub token. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/\b(gh[a-z]|github_pat)_\w+/g, "[secret]");
}
