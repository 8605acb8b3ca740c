import type { McpBackend } from "../mcp-backend.js";

/** A backend that `open` makes at the first call; a failed opening is told to its caller and tried again by the next. */
export function createLazyBackend(open: () => Promise<McpBackend>): McpBackend {
  let opening: Promise<McpBackend> | null = null;
  const backend = (): Promise<McpBackend> => {
    opening ??= open().catch((error: unknown) => {
      opening = null;
      throw error;
    });
    return opening;
  };
  return {
    chat: async (request, options) => (await backend()).chat(request, options),
    listModels: async (signal) => (await backend()).listModels(signal),
    quota: async (signal) => (await backend()).quota(signal),
  };
}
