import { promisify } from "node:util";
import { brotliCompress, brotliDecompressSync, constants } from "node:zlib";

const compress = promisify<Uint8Array, { params: Record<number, number> }, Buffer>(brotliCompress);

/** More effort brings little, less is hardly quicker. */
const quality = 5;
/** The whole of a block is looked through for what was there before. */
const windowBits = 22;

/** Frames that lie side by side become a block once they have so many bytes. */
export const blockBytes = 1 << 20;

/** Off the thread. */
export function packBlock(frames: Uint8Array): Promise<Buffer> {
  return compress(frames, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: quality,
      [constants.BROTLI_PARAM_LGWIN]: windowBits,
      [constants.BROTLI_PARAM_SIZE_HINT]: frames.length,
    },
  });
}

/** Takes a few milliseconds. Throws when the block is damaged. */
export function unpackBlock(block: Uint8Array): Buffer {
  return brotliDecompressSync(block);
}
