import type { IncomingHttpHeaders } from "node:http";
import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { GatewayError } from "@copilot-llm/model";
import { maxWindowBits } from "./zstd-frames.js";

/** What a request body may be compressed with. */
const contentEncodings = ["gzip", "deflate", "br", "zstd"] as const;

export type ContentEncoding = (typeof contentEncodings)[number];

/**
 * What the body was compressed with; null where it was not. Throws `unsupported_encoding` for what is not taken, several
 * encodings on top of each other among it.
 */
export function parseContentEncoding({ "content-encoding": header }: IncomingHttpHeaders): ContentEncoding | null {
  const name = (header ?? "")
    .trim()
    .toLowerCase()
    .replace(/^x-gzip$/, "gzip");
  if (name === "identity" || name === "") return null;
  const encoding = contentEncodings.find((known) => known === name);
  if (encoding !== undefined) return encoding;
  throw new GatewayError(
    "unsupported_encoding",
    `Request bodies with \`content-encoding: ${header}\` are not taken; ${contentEncodings.join(", ")} are.`,
  );
}

/**
 * A stream that takes a body as it was sent and gives what it was before, if not all of what is longer than `maxBytes`. It
 * fails on what is broken or cut.
 */
export async function createContentDecoder(encoding: ContentEncoding, maxBytes: number): Promise<Transform> {
  switch (encoding) {
    case "gzip":
      return zlib.createGunzip();
    case "deflate":
      return zlib.createInflate();
    case "br":
      return zlib.createBrotliDecompress();
    case "zstd":
      return createZstdDecoder(maxBytes);
  }
}

/** Node's own from 22.15 on. */
async function createZstdDecoder(maxBytes: number): Promise<Transform> {
  const { createZstdDecompress, constants } = zlib as unknown as ZstdOfNode;
  if (createZstdDecompress !== undefined) {
    return createZstdDecompress({ params: { [constants.ZSTD_d_windowLogMax]: maxWindowBits } });
  }
  const { ZstdDecoder } = await import("./zstd-decoder.js");
  return new ZstdDecoder(maxBytes);
}

interface ZstdOfNode {
  readonly createZstdDecompress?: (options: { readonly params: Readonly<Record<number, number>> }) => Transform;
  readonly constants: { readonly ZSTD_d_windowLogMax: number };
}
