import type { ErrorCode, RequestOutcome } from "@copilot-llm/model";

/** What handlers may put on a request's log line. */
export interface RequestLogFields {
  /** The name of the key or user whose data request it was. */
  readonly key?: string;
  /** The console's user of an admin route. */
  readonly user?: string;
  readonly mcp_method?: unknown;
  /** Of the request that an MCP call made. */
  readonly chat_request_id?: string;
  readonly model?: string | null;
  readonly model_asked?: string;
  readonly token_id?: string | null;
  readonly attempts?: number;
  readonly stream?: boolean;
  readonly ttft_ms?: number | null;
  /** What was changed of the request because the service would have refused it, or did (docs/protocols.md#rules). */
  readonly changes?: readonly string[];
  /** What of the request was changed or left out on its way to the model. */
  readonly warnings?: readonly string[];
  readonly outcome?: RequestOutcome;
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  readonly premium_requests?: number;
  readonly credits?: number;
  readonly error_code?: ErrorCode;
  readonly error_message?: string;
  /** Written with its stack and causes. */
  readonly error?: unknown;
}

/** A request's log line in the making. */
export class RequestLogEntry {
  readonly #fields: RequestLogFields = {};
  #readAtEnd: (() => RequestLogFields) | null = null;
  #onceReadable: (read: () => void) => void = (read) => read();

  /** Of a field that is there already the new value stands. */
  add(fields: RequestLogFields): void {
    Object.assign(this.#fields, fields);
  }

  /**
   * For what is complete only when the answer has ended, such as a stream's own figures, or yet later: `onceReadable`
   * calls back when it is. The last caller's holds.
   */
  addAtEnd(read: () => RequestLogFields, onceReadable: (read: () => void) => void): void {
    this.#readAtEnd = read;
    this.#onceReadable = onceReadable;
  }

  /** Calls back with all fields once they are complete. To be called when the answer has ended. */
  complete(write: (fields: RequestLogFields) => void): void {
    this.#onceReadable(() => write({ ...this.#fields, ...this.#readAtEnd?.() }));
  }
}
