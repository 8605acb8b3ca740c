import { anthropicMessagesWire } from "./anthropic-messages-wire.js";
import type { ChatWire, WireModel } from "./chat-wire.js";
import { openaiChatWire } from "./openai-chat-wire.js";
import { openaiResponsesWire } from "./openai-responses-wire.js";

const inOrderOfPreference: readonly ChatWire[] = [openaiChatWire, openaiResponsesWire, anthropicMessagesWire];

/**
 * The one place that decides in which protocol a model is asked: one that it speaks itself. A model that is unknown, or
 * that speaks none, is asked in Chat; whoever serves the request then says what is wrong with it.
 */
export function chooseWire(model: WireModel): ChatWire {
  return inOrderOfPreference.find(({ protocol }) => model.wires.includes(protocol)) ?? openaiChatWire;
}
