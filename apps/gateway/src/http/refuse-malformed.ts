import type { ErrorCode, Log } from "@copilot-llm/model";
import type { Ids } from "@copilot-llm/provider";
import { plainAnswerHeaders } from "./answer-headers.js";
import type { ServerListeners } from "./server-listeners.js";

/** Long enough to read the answer: a connection that is cut while more comes takes the answer with it. */
const lingerMs = 1_000;

interface Refusal {
  readonly status: string;
  readonly code: ErrorCode;
  readonly message: string;
}

const notUnderstood: Refusal = {
  status: "400 Bad Request",
  code: "invalid_request",
  message: "This is no HTTP request that can be understood.",
};

/** By Node's codes. */
const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: "431 Request Header Fields Too Large",
    code: "request_too_large",
    message: "The address and the headers are longer than 16 KiB together.",
  },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: {
    status: "413 Payload Too Large",
    code: "request_too_large",
    message: "The extensions of a chunk are too long.",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: "408 Request Timeout",
    code: "request_timeout",
    message: "The request's headers did not come in time.",
  },
};

export interface MalformedOptions {
  readonly ids: Ids;
  readonly log: Log;
}

/** Answers what never becomes a request as every refusal of our own routes: JSON, an id, and a line in the log. */
export function createMalformedListener({ ids, log }: MalformedOptions): ServerListeners["malformed"] {
  return (error, socket, answering) => {
    if (error.code === "ECONNRESET" || !socket.writable || answering) {
      socket.destroy();
      return;
    }
    const { status, code, message } = refusals[error.code ?? ""] ?? notUnderstood;
    const requestId = ids("req");
    const line = {
      request_id: requestId,
      status: Number.parseInt(status, 10),
      client_ip: socket.remoteAddress ?? null,
      error_code: code,
      error_message: message,
      cause: error.code,
    };
    // Browsers open connections ahead of need, and may never use them.
    if (code === "request_timeout") log.debug("malformed request", line);
    else log.info("malformed request", line);
    const body = JSON.stringify({ error: { code, message, request_id: requestId } });
    const headers = {
      ...plainAnswerHeaders,
      "x-request-id": requestId,
      "content-type": "application/json",
      "content-length": String(Buffer.byteLength(body)),
      "cache-control": "no-store",
      connection: "close",
    };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status}\r\n${head.join("")}\r\n${body}`);
    const cut = setTimeout(() => socket.destroy(), lingerMs);
    socket.once("close", () => clearTimeout(cut));
  };
}
