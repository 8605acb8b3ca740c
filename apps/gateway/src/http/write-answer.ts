import type { ServerResponse } from "node:http";
import type { ByteStream } from "@copilot-llm/model";

export type HeaderValues = Readonly<Record<string, string>>;

/**
 * Writes an answer straight to the Node response: a stream's chunks go out as they come, its source rests while the
 * socket is full, and a client that hangs up aborts it at once.
 */
export function writeAnswer(
  outgoing: ServerResponse,
  status: number,
  headers: HeaderValues,
  body: Uint8Array | ByteStream,
): void {
  if (body instanceof Uint8Array) {
    outgoing.writeHead(status, { ...headers, "content-length": String(body.length) });
    outgoing.end(body);
    return;
  }
  if (outgoing.destroyed) {
    body.abort();
    return;
  }
  outgoing.writeHead(status, headers);
  outgoing.on("drain", () => body.resume());
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) body.abort();
  });
  let hasWritten = false;
  body.start({
    write(chunk) {
      hasWritten = true;
      return outgoing.write(chunk);
    },
    end: () => outgoing.end(),
    // What was written is all there is; cutting the connection tells the client so.
    fail: () => outgoing.destroy(),
  });
  // Mostly the first chunk is there already and the headers went with it, in one packet.
  if (!hasWritten && !outgoing.writableEnded) outgoing.flushHeaders();
}
