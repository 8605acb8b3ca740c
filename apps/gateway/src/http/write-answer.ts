import type { ServerResponse } from "node:http";
import type { ByteStream } from "@copilot-llm/model";
import { ChunkWriter } from "./chunk-writer.js";

export type HeaderValues = Readonly<Record<string, string>>;

/**
 * Writes an answer straight to the Node response: a stream's chunks go out as they come, its source rests while the
 * socket is full, and a client that hangs up aborts it at once.
 */
export function writeAnswer(
  outgoing: ServerResponse,
  status: number,
  headers: readonly HeaderValues[],
  body: Uint8Array | ByteStream,
): void {
  const list = listHeaders(headers);
  if (body instanceof Uint8Array) {
    list.push("content-length", String(body.length));
    outgoing.writeHead(status, list);
    outgoing.end(body);
    return;
  }
  if (outgoing.destroyed) {
    body.abort();
    return;
  }
  outgoing.writeHead(status, list);
  outgoing.on("close", () => {
    if (!outgoing.writableFinished) body.abort();
  });
  const chunks = new ChunkWriter(outgoing, () => body.resume());
  body.start({
    write: (chunk) => chunks.write(chunk),
    end: () => outgoing.end(),
    // What was written is all there is; cutting the connection tells the client so.
    fail: () => outgoing.destroy(),
  });
  // Mostly the first chunk is there already and the headers went with it, in one packet.
  if (!chunks.hasSentHead && !outgoing.writableEnded) outgoing.flushHeaders();
}

/**
 * Names and values in turn, as Node takes them: objects whose names differ from answer to answer are slow to copy. Of a
 * repeated name the last one stands.
 */
function listHeaders(headers: readonly HeaderValues[]): string[] {
  const list: string[] = [];
  for (let index = 0; index < headers.length; index += 1) {
    const values = headers[index];
    for (const name in values) {
      if (!isRepeated(headers, index, name)) list.push(name, values[name] ?? "");
    }
  }
  return list;
}

function isRepeated(headers: readonly HeaderValues[], index: number, name: string): boolean {
  for (let later = index + 1; later < headers.length; later += 1) {
    if (headers[later]?.[name] !== undefined) return true;
  }
  return false;
}
