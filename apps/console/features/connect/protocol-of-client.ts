import type { Client } from "@copilot-llm/connect";
import type { ChatProtocol } from "#lib/chat/conversation";

const protocolOfWire = {
  "openai-chat": "chat",
  "openai-responses": "responses",
  "anthropic-messages": "messages",
} as const satisfies Record<string, ChatProtocol>;

/** The API that a client usually speaks; what an MCP client asks goes through Chat. */
export function protocolOfClient({ wires: [wire] }: Pick<Client, "wires">): ChatProtocol {
  return wire === undefined ? "chat" : protocolOfWire[wire];
}
