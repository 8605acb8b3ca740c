import type { CanonicalMessage } from "./request.js";

/**
 * Adds a message in normal form: neighbouring `assistant` messages become one, and so do `tool` messages. A message
 * without content adds nothing. Changes `messages`, which belongs to the one decoder that builds it.
 */
export function appendMessage(messages: CanonicalMessage[], message: CanonicalMessage): void {
  if (message.content.length === 0) return;
  const last = messages.at(-1);
  if (last?.role === "assistant" && message.role === "assistant") {
    messages[messages.length - 1] = { role: "assistant", content: [...last.content, ...message.content] };
  } else if (last?.role === "tool" && message.role === "tool") {
    messages[messages.length - 1] = { role: "tool", content: [...last.content, ...message.content] };
  } else {
    messages.push(message);
  }
}
