import type { Exchange } from "../http/exchange.js";

const fillerPiece = Buffer.alloc(1024 * 1024, "x");

/** Writes a text in pieces of this many bytes, through the middle of characters too, resting between them. */
export async function writePieces(exchange: Exchange, text: string, size: number, delayMs = 0): Promise<void> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length && !exchange.isGone(); start += Math.max(1, size)) {
    await exchange.write(bytes.subarray(start, start + Math.max(1, size)));
    await (delayMs === 0 ? yieldTurn() : exchange.sleep(delayMs));
  }
}

/** Writes this many bytes of one letter, as fast as the client takes them. */
export async function writeFiller(exchange: Exchange, bytes: number): Promise<void> {
  for (let left = bytes; left > 0 && !exchange.isGone(); left -= fillerPiece.length) {
    await exchange.write(fillerPiece.subarray(0, left), true);
  }
}

export function yieldTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
