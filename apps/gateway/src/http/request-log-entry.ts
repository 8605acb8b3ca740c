import type { ErrorCode, RequestOutcome } from "@copilot-llm/model";

/** What handlers may put on a request's log line; what is undefined is left out of it. */
export interface RequestLogFields {
  /** The name of the key or user whose data request it was. */
  readonly key?: string | undefined;
  /** The console's user of an admin route. */
  readonly user?: string | undefined;
  readonly mcp_method?: unknown;
  /** Of the request that an MCP call made. */
  readonly chat_request_id?: string | undefined;
  readonly model?: string | null | undefined;
  readonly model_asked?: string | undefined;
  readonly token_id?: string | null | undefined;
  readonly attempts?: number | undefined;
  readonly stream?: boolean | undefined;
  readonly ttft_ms?: number | null | undefined;
  /** What was changed of the request because the service would have refused it, or did (docs/protocols.md#rules). */
  readonly changes?: readonly string[] | undefined;
  /** What of the request was changed or left out on its way to the model. */
  readonly warnings?: readonly string[] | undefined;
  readonly outcome?: RequestOutcome | undefined;
  readonly premium_requests?: number | undefined;
  readonly input_tokens?: number | undefined;
  readonly output_tokens?: number | undefined;
  readonly credits?: number | undefined;
  readonly error_code?: ErrorCode | undefined;
  readonly error_message?: string | undefined;
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
    this.#onceReadable(() => {
      if (this.#readAtEnd !== null) this.add(this.#readAtEnd());
      write(this.#fields);
    });
  }
}
