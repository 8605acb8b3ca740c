import { connect } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** The status line and the headers, as they came. */
  readonly head: string;
  readonly body: string;
}

/** Sends these bytes, which no client library would let through, and resolves with all that came until the end. */
export function sendRaw(url: string, request: string): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(request, "latin1"));
    let text = "";
    socket.setEncoding("latin1");
    socket.on("data", (part: string) => {
      text += part;
    });
    socket.on("error", reject);
    socket.on("close", () => {
      const end = text.indexOf("\r\n\r\n");
      const head = end === -1 ? text : text.slice(0, end);
      resolve({ status: Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1] ?? 0), head, body: text.slice(end + 4) });
    });
  });
}

/** A request's text; it asks for the connection to be closed. */
export function rawRequest(method: string, target: string, headers: readonly string[] = [], body = ""): string {
  return `${[`${method} ${target} HTTP/1.1`, "host: gateway", "connection: close", ...headers].join("\r\n")}\r\n\r\n${body}`;
}
