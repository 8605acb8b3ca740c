import { type Answer, type Json, listOf, numberOf, objectOf, readError, textOf } from "./answer";
import type { ChatProtocol, ToolCall } from "./conversation";

/** Adds one event of a stream to an answer. The answer is changed in place: a stream may have tens of thousands. */
type ReadEvent = (answer: Answer, event: Json) => void;

/** What reads the events of one stream; some APIs name a part once and refer to it by its index afterwards. */
export function createEventReader(protocol: ChatProtocol): ReadEvent {
  switch (protocol) {
    case "chat":
      return createChatReader();
    case "responses":
      return createResponsesReader();
    case "messages":
      return createMessagesReader();
  }
}

function createChatReader(): ReadEvent {
  const calls = new Map<number, ToolCall>();
  return (answer, event) => {
    if (event.error !== undefined) answer.error = readError(event.error);
    for (const choice of listOf(event.choices)) {
      const delta = objectOf(choice.delta ?? choice.message);
      answer.text += textOf(delta.content);
      answer.reasoning += textOf(delta.reasoning_text) || textOf(delta.reasoning_content) || textOf(delta.reasoning);
      answer.refusal += textOf(delta.refusal);
      for (const part of listOf(delta.tool_calls)) {
        const index = numberOf(part.index);
        const { name, arguments: text } = objectOf(part.function);
        const call = calls.get(index) ?? { id: textOf(part.id), name: "", arguments: "" };
        if (!calls.has(index)) {
          calls.set(index, call);
          answer.toolCalls.push(call);
        }
        call.name += textOf(name);
        call.arguments += textOf(text);
      }
      if (typeof choice.finish_reason === "string") answer.finish = choice.finish_reason;
    }
    if (event.usage != null) {
      const usage = objectOf(event.usage);
      answer.usage = {
        input: numberOf(usage.prompt_tokens),
        cached: numberOf(objectOf(usage.prompt_tokens_details).cached_tokens),
        output: numberOf(usage.completion_tokens),
        reasoning: numberOf(objectOf(usage.completion_tokens_details).reasoning_tokens),
      };
    }
  };
}

function createResponsesReader(): ReadEvent {
  const calls = new Map<number, ToolCall>();
  return (answer, event) => {
    switch (event.type) {
      case "response.output_text.delta":
        answer.text += textOf(event.delta);
        return;
      case "response.refusal.delta":
        answer.refusal += textOf(event.delta);
        return;
      case "response.reasoning_summary_text.delta":
      case "response.reasoning_text.delta":
        answer.reasoning += textOf(event.delta);
        return;
      case "response.output_item.added": {
        const item = objectOf(event.item);
        if (item.type !== "function_call") return;
        const call = { id: textOf(item.call_id), name: textOf(item.name), arguments: textOf(item.arguments) };
        calls.set(numberOf(event.output_index), call);
        answer.toolCalls.push(call);
        return;
      }
      case "response.function_call_arguments.delta": {
        const call = calls.get(numberOf(event.output_index));
        if (call !== undefined) call.arguments += textOf(event.delta);
        return;
      }
      case "response.output_item.done":
        answer.native.push(event.item);
        return;
      case "response.completed":
      case "response.incomplete":
      case "response.failed": {
        const response = objectOf(event.response);
        const usage = objectOf(response.usage);
        answer.usage = {
          input: numberOf(usage.input_tokens),
          cached: numberOf(objectOf(usage.input_tokens_details).cached_tokens),
          output: numberOf(usage.output_tokens),
          reasoning: numberOf(objectOf(usage.output_tokens_details).reasoning_tokens),
        };
        answer.finish = textOf(objectOf(response.incomplete_details).reason) || textOf(response.status);
        if (response.error != null) answer.error = readError(response.error);
        return;
      }
      case "error":
        answer.error = readError(event.error ?? event);
        return;
    }
  };
}

function createMessagesReader(): ReadEvent {
  const blocks = new Map<number, Json>();
  const calls = new Map<number, ToolCall>();
  const addUsage = (answer: Answer, value: unknown) => {
    const usage = objectOf(value);
    const cached = numberOf(usage.cache_read_input_tokens);
    const input = numberOf(usage.input_tokens) + cached + numberOf(usage.cache_creation_input_tokens);
    answer.usage = {
      input: input || (answer.usage?.input ?? 0),
      cached: cached || (answer.usage?.cached ?? 0),
      output: numberOf(usage.output_tokens) || (answer.usage?.output ?? 0),
      reasoning: 0,
    };
  };
  return (answer, event) => {
    const index = numberOf(event.index);
    switch (event.type) {
      case "message_start":
        addUsage(answer, objectOf(event.message).usage);
        return;
      case "content_block_start": {
        const block = { ...objectOf(event.content_block) };
        blocks.set(index, block);
        answer.native.push(block);
        answer.text += textOf(block.type === "text" ? block.text : "");
        answer.reasoning += textOf(block.type === "thinking" ? block.thinking : "");
        if (block.type === "tool_use") {
          const call = { id: textOf(block.id), name: textOf(block.name), arguments: "" };
          calls.set(index, call);
          answer.toolCalls.push(call);
        }
        return;
      }
      case "content_block_delta": {
        const delta = objectOf(event.delta);
        const block = blocks.get(index) ?? {};
        answer.text += textOf(delta.text);
        answer.reasoning += textOf(delta.thinking);
        if (delta.text !== undefined) block.text = textOf(block.text) + textOf(delta.text);
        if (delta.thinking !== undefined) block.thinking = textOf(block.thinking) + textOf(delta.thinking);
        if (delta.signature !== undefined) block.signature = textOf(block.signature) + textOf(delta.signature);
        const call = calls.get(index);
        if (call !== undefined) call.arguments += textOf(delta.partial_json);
        return;
      }
      case "content_block_stop": {
        const call = calls.get(index);
        const block = blocks.get(index);
        if (call !== undefined && block !== undefined) block.input = parseInput(call.arguments);
        return;
      }
      case "message_delta":
        answer.finish = textOf(objectOf(event.delta).stop_reason) || answer.finish;
        if (event.usage !== undefined) addUsage(answer, event.usage);
        return;
      case "error":
        answer.error = readError(event.error);
        return;
    }
  };
}

function parseInput(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    return {};
  }
}
