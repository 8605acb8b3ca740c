/** The same chunks; `onCount` is told how many bytes passed so far. */
export async function* countBytes(
  chunks: AsyncIterable<Uint8Array>,
  onCount: (bytes: number) => void,
): AsyncIterable<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    onCount(bytes);
    yield chunk;
  }
}
