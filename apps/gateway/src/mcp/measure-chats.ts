import type { ChatAnswer, ChatRequest, McpBackend } from "@copilot-llm/mcp-tools";

/**
 * The backend, which tells of each chat that was answered how many characters its conversation may hold more since then:
 * never fewer than it does.
 */
export function measureChats(backend: McpBackend, onMore: (characters: number) => void): McpBackend {
  return {
    ...backend,
    async chat(request, options) {
      const answer = await backend.chat(request, options);
      onMore(sizeOf(request, answer));
      return answer;
    },
  };
}

/** Turns before the last were told of with the chats that they came in. */
function sizeOf({ system, turns }: ChatRequest, { text }: ChatAnswer): number {
  const last = turns.at(-1);
  const images = last?.images.reduce((sum, { base64 }) => sum + base64.length, 0) ?? 0;
  return (system?.length ?? 0) + (last?.text.length ?? 0) + images + text.length;
}
