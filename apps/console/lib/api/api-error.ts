import type { ApiErrorBody } from "@copilot-llm/gateway/admin-api";

/** Codes the console gives to failures in which the gateway said nothing readable. */
export const localErrorCodes = { unreachable: "gateway_unreachable", unreadable: "unreadable_response" } as const;

/** A refused or failed request to the admin API. `status` is 0 when no answer came. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;

  constructor(fields: { status: number; code: string; message: string; requestId?: string | null; cause?: unknown }) {
    super(fields.message, { cause: fields.cause });
    this.name = "ApiError";
    this.status = fields.status;
    this.code = fields.code;
    this.requestId = fields.requestId ?? null;
  }
}

/** Whether a decoded body has the admin API's error shape. */
export function isApiErrorBody(body: unknown): body is ApiErrorBody {
  if (typeof body !== "object" || body === null || !("error" in body)) return false;
  const { error } = body;
  return (
    typeof error === "object" &&
    error !== null &&
    "code" in error &&
    typeof error.code === "string" &&
    "message" in error &&
    typeof error.message === "string"
  );
}
