import type { Randomness } from "@copilot-llm/model";

const base62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/** Bytes from here on would favour the first characters. */
const unbiasedBelow = 256 - (256 % base62.length);

/** `length` base62 characters, each equally likely. */
export function randomBase62(randomness: Randomness, length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomness.bytes(length)) {
      if (byte < unbiasedBelow && text.length < length) text += base62.charAt(byte % base62.length);
    }
  }
  return text;
}
