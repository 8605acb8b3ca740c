/**
 * What `load` resolves to, loaded when it is first asked for and then kept. A load that fails is not: whoever asks next
 * tries again.
 */
export function createLoader<Loaded>(load: () => Promise<Loaded>): () => Promise<Loaded> {
  let loading: Promise<Loaded> | null = null;
  return () => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
}
