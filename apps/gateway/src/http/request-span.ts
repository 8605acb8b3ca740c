import type { IncomingMessage } from "node:http";
import type { EndedExchange } from "./ended-exchange.js";

/** One HTTP request in a trace. */
export interface RequestSpan {
  /** The answer's last byte went out, or the client hung up. */
  close(): void;
  /** Everything about the request is known, which may be later. */
  end(exchange: EndedExchange): void;
}

/** A request has come. Null: it is not traced. */
export type StartSpan = (requestId: string, incoming: IncomingMessage) => RequestSpan | null;
