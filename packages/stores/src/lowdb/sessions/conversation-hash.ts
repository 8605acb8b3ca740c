import { hash } from "node:crypto";

/** 53 bits, so that a number holds them. Two of ten million conversations share one with a chance of one in 200. */
export function conversationHash(conversationId: string): number {
  const digest = hash("sha1", conversationId, "buffer");
  return digest.readUInt32LE(0) * 2 ** 21 + (digest.readUInt32LE(4) >>> 11);
}
