import type { Transform } from "node:stream";
import * as zlib from "node:zlib";
import { maxWindowBits } from "./zstd-frames.js";

/** What a request body may be compressed with. */
export const contentEncodings = ["gzip", "deflate", "br", "zstd"] as const;

export type ContentEncoding = (typeof contentEncodings)[number];

/** The encoding that a `content-encoding` names; null for none that is taken, several on top of each other among them. */
export function parseContentEncoding(header: string): ContentEncoding | null {
  const name = header
    .trim()
    .toLowerCase()
    .replace(/^x-gzip$/, "gzip");
  return contentEncodings.find((known) => known === name) ?? null;
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
