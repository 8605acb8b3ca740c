import type { IncomingMessage } from "node:http";

/** What a request says before its body: Hono's own request has it, and `NodeRequestHead` where Hono is passed by. */
export interface RequestHead {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** `name` in lower case. */
  header(name: string): string | undefined;
}

export class NodeRequestHead implements RequestHead {
  readonly #incoming: IncomingMessage;
  readonly path: string;

  constructor(incoming: IncomingMessage, path: string) {
    this.#incoming = incoming;
    this.path = path;
  }

  get method(): string {
    return this.#incoming.method ?? "";
  }

  header(name: string): string | undefined {
    const value = this.#incoming.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }
}
