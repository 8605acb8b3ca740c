import { ApiError, isApiErrorBody, localErrorCodes } from "./api-error";

interface RequestOptions {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  body?: unknown;
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Asks the gateway that served this page and gives the decoded answer (`undefined` if it is empty).
 * The session travels in an HttpOnly cookie. Every failure is an `ApiError`, whatever the body was and
 * wherever it ended; only what the caller's own `signal` stops throws as `fetch` does.
 */
export async function requestJson<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = "GET", body, signal, headers = {} } = options;
  const response = await send(path, {
    method,
    credentials: "same-origin",
    headers: {
      accept: "application/json",
      ...(method === "GET" ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const decoded = await decode(response, signal);
  if (response.ok) return decoded as Answer;
  throw failureOf(response, decoded);
}

/** The same for an answer that is a text, such as a file. */
export async function requestText(path: string, signal?: AbortSignal): Promise<string> {
  const response = await send(path, { credentials: "same-origin", ...(signal === undefined ? {} : { signal }) });
  if (response.ok) return await readText(response, signal);
  throw failureOf(response, await decode(response, signal));
}

function failureOf(response: Response, decoded: unknown): ApiError {
  if (!isApiErrorBody(decoded)) return unreadable(response);
  const { code, message, request_id: requestId } = decoded.error;
  return new ApiError({ status: response.status, code, message, requestId });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

/** Reads a body, which may be cut off after its head came well. */
async function readText(response: Response, signal?: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw unreachable(cause);
  }
}

async function decode(response: Response, signal?: AbortSignal): Promise<unknown> {
  const text = await readText(response, signal);
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(response, cause);
  }
}

function unreachable(cause: unknown): ApiError {
  return new ApiError({
    status: 0,
    code: localErrorCodes.unreachable,
    message: "The gateway cannot be reached.",
    cause,
  });
}

function unreadable(response: Response, cause?: unknown): ApiError {
  return new ApiError({
    status: response.status,
    code: localErrorCodes.unreadable,
    message: `The gateway answered with status ${response.status}.`,
    requestId: response.headers.get("x-request-id"),
    cause,
  });
}
