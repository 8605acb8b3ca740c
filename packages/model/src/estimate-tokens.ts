const bytesPerToken = 4;

/**
 * About how many tokens so many bytes hold. Of JSON with text in it; images in base64 count far too much. For reserving and
 * for answers that tell no usage, never in place of a count.
 */
export function estimateTokens(bytes: number): number {
  return Math.ceil(bytes / bytesPerToken);
}
