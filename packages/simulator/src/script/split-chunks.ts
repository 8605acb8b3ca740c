/** Cuts text into chunks of about `size` UTF-16 units. Characters stay whole unless `throughPairs`. */
export function splitChunks(text: string, size: number, throughPairs = false): string[] {
  const chunks: string[] = [];
  let start = 0;
  while (start < text.length) {
    let end = Math.min(text.length, start + Math.max(1, size));
    if (!throughPairs && isHighSurrogate(text, end - 1)) end += 1;
    chunks.push(text.slice(start, end));
    start = end;
  }
  return chunks;
}

/** The longest prefix of at most `length` units that ends between characters. */
export function cutText(text: string, length: number): string {
  return text.slice(0, isHighSurrogate(text, length - 1) ? length - 1 : length);
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
