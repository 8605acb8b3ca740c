import { type ByteStream, GatewayError } from "@copilot-llm/model";

/**
 * The whole body. Rejects with `upstream_error` when it is larger than `maxBytes` (the stream is aborted then), and with
 * the stream's own error when it breaks off.
 */
export function readAll(stream: ByteStream, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    stream.start({
      write(chunk) {
        size += chunk.length;
        if (size > maxBytes) {
          stream.abort();
          reject(new GatewayError("upstream_error", `The upstream's answer is larger than ${maxBytes} bytes.`));
          return false;
        }
        chunks.push(chunk);
        return true;
      },
      end: () => resolve(join(chunks)),
      fail: reject,
    });
  });
}

/** What arrives of the body until it ends, breaks off or reaches `maxBytes`. Never rejects. */
export function readStart(stream: ByteStream, maxBytes: number): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const finish = () => resolve(join(chunks).subarray(0, maxBytes));
    stream.start({
      write(chunk) {
        chunks.push(chunk);
        size += chunk.length;
        if (size < maxBytes) return true;
        stream.abort();
        finish();
        return false;
      },
      end: finish,
      fail: finish,
    });
  });
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
