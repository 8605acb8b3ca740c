import type { IncomingMessage, ServerResponse } from "node:http";
import { type JsonObject, parseJsonObject } from "../json-value.js";
import type { RequestLogWriter, RequestRecord } from "./request-log.js";

/** One request and its answer, with everything that is written kept in the request log. */
export interface Exchange {
  readonly record: RequestRecord;
  readonly method: string;
  readonly path: string;
  query(): URLSearchParams;
  /** The first value of a header, or undefined. */
  header(name: string): string | undefined;
  /** The body as a JSON object; undefined when it is not one. Parsed once. */
  json(): JsonObject | undefined;
  /** Notes in the request log which rule or fault shaped the answer. */
  note(text: string): void;
  /** True once the client has hung up. */
  isGone(): boolean;
  sendJson(status: number, value: unknown, headers?: Record<string, string>): void;
  sendText(status: number, text: string, headers?: Record<string, string>): void;
  /** Starts a streamed answer. Its head goes out with the first piece, or at once when `flushed`. */
  begin(status: number, headers: Record<string, string>, flushed?: boolean): void;
  /** Writes a piece; resolves when the client can take more, or has gone. Filler is not kept in the request log. */
  write(piece: string | Buffer, isFiller?: boolean): Promise<void> | undefined;
  end(): void;
  /** Cuts the TCP connection after what was written. `reset` sends RST at once instead. */
  cut(reset: boolean): void;
  /** Waits in real time; ends early when the client hangs up. */
  sleep(durationMs: number): Promise<void>;
}

/** Wraps a request whose body has been read. */
export function createExchange(
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  log: RequestLogWriter,
): Exchange {
  let gone = false;
  let parsed: { value: JsonObject | undefined } | undefined;
  const wakers = new Set<() => void>();
  response.once("close", () => {
    gone = true;
    for (const wake of [...wakers]) wake();
  });

  const keep = (piece: string | Buffer): void => {
    if (!log.keepResponses) return;
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    record.responseChunks.push(bytes);
    log.update(record, bytes.length);
  };

  const begin = (status: number, headers: Record<string, string>, flushed = false): void => {
    record.status = status;
    const requestId = record.id;
    response.writeHead(status, { ...headers, "x-request-id": requestId, "x-github-request-id": requestId });
    if (flushed) response.flushHeaders();
    log.update(record, 0);
  };

  const send = (status: number, text: string, headers: Record<string, string>): void => {
    if (gone) return;
    begin(status, { ...headers, "content-length": String(Buffer.byteLength(text)) });
    keep(text);
    response.end(text);
  };

  /** Resolves at `subscribe`'s signal or when the client goes, whichever is first. */
  const waitUnlessGone = (subscribe: (wake: () => void) => () => void): Promise<void> =>
    new Promise((resolve) => {
      const wake = (): void => {
        wakers.delete(wake);
        unsubscribe();
        resolve();
      };
      const unsubscribe = subscribe(wake);
      wakers.add(wake);
      if (gone) wake();
    });

  return {
    record,
    method: record.method,
    path: record.path,
    query: () => new URL(record.url, "http://simulator").searchParams,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    json: () => {
      parsed ??= { value: parseJsonObject(record.body.toString("utf8")) };
      return parsed.value;
    },
    note: (text) => {
      record.notes.push(text);
      log.update(record, 0);
    },
    isGone: () => gone,
    sendJson: (status, value, headers = {}) =>
      send(status, JSON.stringify(value), { "content-type": "application/json; charset=utf-8", ...headers }),
    sendText: (status, text, headers = {}) =>
      send(status, text, { "content-type": "text/plain; charset=utf-8", ...headers }),
    begin,
    write: (piece, isFiller = false) => {
      if (gone) return undefined;
      if (!isFiller) keep(piece);
      if (response.write(piece)) return undefined;
      return waitUnlessGone((wake) => {
        response.once("drain", wake);
        return () => response.off("drain", wake);
      });
    },
    end: () => {
      if (!gone) response.end();
    },
    cut: (reset) => {
      const socket = request.socket;
      record.cut = true;
      if (reset) socket.resetAndDestroy();
      else socket.destroySoon();
    },
    sleep: (durationMs) =>
      waitUnlessGone((wake) => {
        const timer = setTimeout(wake, durationMs);
        return () => clearTimeout(timer);
      }),
  };
}
