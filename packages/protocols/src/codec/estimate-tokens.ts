/** What text costs on average where nobody counted it; English takes a little less. */
const bytesPerToken = 4;

/** Roughly how many tokens so many bytes of text are. */
export function estimateTokens(bytes: number): number {
  return Math.ceil(bytes / bytesPerToken);
}
