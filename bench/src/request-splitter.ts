export interface HttpRequestHead {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

const headEnd = Buffer.from("\r\n\r\n");
const noBody = Buffer.alloc(0);

/**
 * Splits what a client sends over one connection into requests. Knows bodies with a content-length only, which is what
 * every contender sends; anything else throws.
 */
export class RequestSplitter {
  readonly #onRequest: (head: HttpRequestHead, body: Buffer) => void;
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Bytes that the request under way needs before it is worth looking again. */
  #neededBytes = 0;

  constructor(onRequest: (head: HttpRequestHead, body: Buffer) => void) {
    this.#onRequest = onRequest;
  }

  push(chunk: Buffer): void {
    this.#pending.push(chunk);
    this.#pendingBytes += chunk.length;
    if (this.#pendingBytes < this.#neededBytes) return;
    let rest = this.#pending.length === 1 ? chunk : Buffer.concat(this.#pending, this.#pendingBytes);
    for (let bytes = this.#takeRequest(rest); bytes > 0; bytes = this.#takeRequest(rest)) rest = rest.subarray(bytes);
    this.#pending = rest.length === 0 ? [] : [rest];
    this.#pendingBytes = rest.length;
  }

  /** The bytes of the whole request at the beginning, handed on; 0 while it is not complete. */
  #takeRequest(buffer: Buffer): number {
    const headBytes = buffer.indexOf(headEnd);
    if (headBytes === -1) return 0;
    const head = parseHead(buffer.toString("latin1", 0, headBytes));
    if (head.headers["transfer-encoding"] !== undefined) throw new Error("Chunked requests are not understood.");
    const bodyStart = headBytes + headEnd.length;
    const bodyBytes = Number(head.headers["content-length"] ?? 0);
    this.#neededBytes = bodyStart + bodyBytes;
    if (buffer.length < this.#neededBytes) return 0;
    this.#neededBytes = 0;
    this.#onRequest(head, bodyBytes === 0 ? noBody : buffer.subarray(bodyStart, bodyStart + bodyBytes));
    return bodyStart + bodyBytes;
  }
}

function parseHead(text: string): HttpRequestHead {
  const [requestLine = "", ...lines] = text.split("\r\n");
  const [method = "", target = ""] = requestLine.split(" ");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { method, target, path: target.split("?", 1)[0] ?? "", headers };
}
