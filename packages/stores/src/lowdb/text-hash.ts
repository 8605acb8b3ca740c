/**
 * 53 bits, so that a number holds them: two of ten million texts share one with a chance of one in 200. Spreads well
 * and is quick, but whoever wants two texts with one hash can find them: for look-ups that are verified, or for show.
 */
export function textHash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0x9e3779b9;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x85ebca6b);
    high ^= high >>> 15;
  }
  return scramble(low ^ (high >>> 7)) * 2 ** 21 + (scramble(high ^ text.length) >>> 11);
}

/** Every bit of the input moves half of the bits of the result. */
function scramble(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x7feb352d);
  bits ^= bits >>> 15;
  bits = Math.imul(bits, 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
