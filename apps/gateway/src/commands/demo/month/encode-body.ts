import type { JsonObject } from "@copilot-llm/model";
import type { MonthProtocol } from "./people.js";
import type { Topic } from "./topics.js";

interface BodyInput {
  readonly protocol: MonthProtocol;
  readonly model: string;
  readonly topic: Topic;
  /** Which of the topic's questions is asked; those before it are history. */
  readonly step: number;
  /** Tells one conversation from another with the same questions. */
  readonly conversation: string;
  /** The assistant has asked for the file and gets it now. */
  readonly withFile: boolean;
}

const system = "You are a careful assistant. Answer briefly.";
const readFile = {
  name: "read_file",
  description: "Reads a file of the project.",
  schema: { type: "object", properties: { path: { type: "string" } }, required: ["path"] },
};

/** A request as the client would send it: the whole conversation so far. */
export function encodeBody(input: BodyInput): JsonObject {
  switch (input.protocol) {
    case "openai-chat":
      return encodeChat(input);
    case "openai-responses":
      return encodeResponses(input);
    case "anthropic-messages":
      return encodeMessages(input);
  }
}

function systemOf({ conversation }: BodyInput): string {
  return `${system} Conversation ${conversation}.`;
}

/** Questions and answers until the one that is asked, whose answer is not there yet. */
function historyOf({ topic, step }: BodyInput): readonly (readonly ["user" | "assistant", string])[] {
  return topic.steps
    .slice(0, step + 1)
    .flatMap(([question, answer]) => [["user", question] as const, ["assistant", answer] as const])
    .slice(0, -1);
}

function encodeChat(input: BodyInput): JsonObject {
  const { model, topic, withFile } = input;
  const turns: JsonObject[] = historyOf(input).map(([role, content]) => ({ role, content }));
  if (topic.reads !== undefined && withFile) {
    const { path, text } = topic.reads;
    const call = {
      id: "call_1",
      type: "function",
      function: { name: readFile.name, arguments: JSON.stringify({ path }) },
    };
    turns.splice(
      1,
      0,
      { role: "assistant", content: null, tool_calls: [call] },
      { role: "tool", tool_call_id: "call_1", content: text },
    );
  }
  const { name, description, schema: parameters } = readFile;
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: "system", content: systemOf(input) }, ...turns],
    ...(topic.reads === undefined
      ? {}
      : { tools: [{ type: "function", function: { name, description, parameters } }] }),
  };
}

function encodeResponses(input: BodyInput): JsonObject {
  return {
    model: input.model,
    stream: true,
    instructions: systemOf(input),
    input: historyOf(input).map(([role, content]) => ({ role, content })),
  };
}

function encodeMessages(input: BodyInput): JsonObject {
  const { model, topic, withFile } = input;
  const turns: JsonObject[] = historyOf(input).map(([role, content]) => ({ role, content }));
  if (topic.reads !== undefined && withFile) {
    const { path, text } = topic.reads;
    turns.splice(
      1,
      0,
      { role: "assistant", content: [{ type: "tool_use", id: "toolu_1", name: readFile.name, input: { path } }] },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: text }] },
    );
  }
  const { name, description, schema } = readFile;
  return {
    model,
    max_tokens: 4_096,
    stream: true,
    system: systemOf(input),
    messages: turns,
    ...(topic.reads === undefined ? {} : { tools: [{ name, description, input_schema: schema }] }),
  };
}
