import type { Readable, Writable } from "node:stream";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  ErrorCode,
  type JSONRPCMessage,
  JSONRPCMessageSchema,
  type RequestId,
} from "@modelcontextprotocol/sdk/types.js";
import { type Line, LineReader } from "./line-reader.js";

export interface StdioTransportOptions {
  readonly input: Readable;
  readonly output: Writable;
  /** A longer message is refused; the connection goes on. */
  readonly maxMessageBytes: number;
  /** The client has closed its end (`ended`), or cannot be written to any more (`broken`). Called once each at most. */
  readonly onDisconnect: (how: "ended" | "broken") => void;
}

/**
 * MCP over a pair of pipes, one JSON-RPC message a line. Unlike the SDK's own it answers what it cannot read instead of
 * keeping silent, goes on after a message that is too large, and reports when the client is gone.
 */
export class StdioTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: (message: JSONRPCMessage) => void;
  readonly #options: StdioTransportOptions;
  readonly #lines: LineReader;
  readonly #unanswered = new Set<RequestId>();
  readonly #whenIdle: (() => void)[] = [];
  #isClosed = false;

  constructor(options: StdioTransportOptions) {
    this.#options = options;
    this.#lines = new LineReader(options.maxMessageBytes);
  }

  async start(): Promise<void> {
    const { input, output, onDisconnect } = this.#options;
    output.on("error", () => this.#breakOff());
    input.on("data", (chunk: Buffer) => {
      for (const line of this.#lines.push(chunk)) this.#receive(line);
    });
    input.on("error", () => onDisconnect("ended"));
    input.on("end", () => {
      const last = this.#lines.finish();
      if (last !== null) this.#receive(last);
      onDisconnect("ended");
    });
  }

  async send(message: JSONRPCMessage): Promise<void> {
    if (!this.#isClosed) await this.#write(`${JSON.stringify(message)}\n`);
    if (!("method" in message)) this.#settle(message.id);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#options.input.pause();
    this.onclose?.();
  }

  /** Resolves as soon as every request that came is answered or cancelled. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#unanswered.size === 0) resolve();
      else this.#whenIdle.push(resolve);
    });
  }

  #receive(line: Line): void {
    if (this.#isClosed) return;
    if ("tooLong" in line) {
      this.#refuse(
        null,
        ErrorCode.InvalidRequest,
        `A message may have at most ${this.#options.maxMessageBytes} bytes.`,
      );
      return;
    }
    if (line.text.trim() === "") return;
    let value: unknown;
    try {
      value = JSON.parse(line.text);
    } catch {
      this.#refuse(null, ErrorCode.ParseError, "This line is not JSON. Send one JSON-RPC message per line.");
      return;
    }
    const parsed = JSONRPCMessageSchema.safeParse(value);
    if (!parsed.success) {
      this.#refuse(idOf(value), ErrorCode.InvalidRequest, "This is no JSON-RPC 2.0 message.");
      return;
    }
    this.#note(parsed.data);
    this.onmessage?.(parsed.data);
  }

  #note(message: JSONRPCMessage): void {
    if (!("method" in message)) return;
    if ("id" in message) this.#unanswered.add(message.id);
    else if (message.method === "notifications/cancelled") this.#settle(message.params?.requestId as RequestId);
  }

  #settle(id: RequestId | undefined): void {
    if (id === undefined || !this.#unanswered.delete(id) || this.#unanswered.size > 0) return;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  #refuse(id: RequestId | null, code: ErrorCode, message: string): void {
    this.onerror?.(new Error(message));
    // A flood of nonsense must not pile up answers that nobody reads.
    if (this.#options.output.writableNeedDrain) return;
    void this.#write(`${JSON.stringify({ jsonrpc: "2.0", id, error: { code, message } })}\n`);
  }

  /** Resolves when there is room for more, or nobody reads any more. */
  #write(text: string): Promise<void> {
    const { output } = this.#options;
    return new Promise((resolve) => {
      if (output.destroyed || output.write(text)) {
        resolve();
        return;
      }
      const goOn = (): void => {
        output.off("drain", goOn);
        output.off("close", goOn);
        resolve();
      };
      output.on("drain", goOn);
      output.on("close", goOn);
    });
  }

  #breakOff(): void {
    if (!this.#isClosed) this.#options.onDisconnect("broken");
  }
}

function idOf(value: unknown): RequestId | null {
  const id = typeof value === "object" && value !== null && "id" in value ? value.id : null;
  return typeof id === "string" || typeof id === "number" ? id : null;
}
