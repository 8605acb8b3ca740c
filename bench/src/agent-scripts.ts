import { chatModel, messagesModel, responsesModel } from "./accounts.js";
import { prepareStream } from "./answers.js";
import { senderMark } from "./load-job.js";
import type { ScenarioScript } from "./scenarios.js";

/** Events of each answer. */
export const agentEvents = 200;
const firstPromptBytes = 20_000;
const lastPromptBytes = 200_000;
const toolCount = 20;

const schema = {
  type: "object",
  properties: {
    path: { type: "string", description: "The file, from the root of the project." },
    lines: { type: "array", items: { type: "integer" }, description: "The first line and the last." },
    pattern: { type: "string", description: "What to look for, as a regular expression." },
  },
  required: ["path"],
};
const tools = Array.from({ length: toolCount }, (_, index) => ({
  name: `tool_${index}`,
  description: "Reads a file of the project, or a part of it, and answers with its lines and their numbers.",
}));
const instructions = "You are an agent that works on a project with tools, one step at a time. ".repeat(40);
const fileText = 'if (value === "quoted") {\n\treturn "some text of a file that an agent has read";\n}\n'.repeat(40);

interface Shape {
  readonly call: (id: string) => object;
  readonly result: (id: string) => object;
  readonly body: (history: readonly object[]) => object;
}

const chat: Shape = {
  call: (id) => ({
    role: "assistant",
    content: null,
    tool_calls: [{ id, type: "function", function: { name: "tool_1", arguments: '{"path":"src/a.ts"}' } }],
  }),
  result: (id) => ({ role: "tool", tool_call_id: id, content: fileText }),
  body: (history) => ({
    model: chatModel,
    stream: true,
    stream_options: { include_usage: true },
    messages: [{ role: "system", content: instructions }, { role: "user", content: task }, ...history],
    tools: tools.map((tool) => ({ type: "function", function: { ...tool, parameters: schema } })),
  }),
};
const messages: Shape = {
  call: (id) => ({
    role: "assistant",
    content: [{ type: "tool_use", id, name: "tool_1", input: { path: "src/a.ts" } }],
  }),
  result: (id) => ({ role: "user", content: [{ type: "tool_result", tool_use_id: id, content: fileText }] }),
  body: (history) => ({
    model: messagesModel,
    max_tokens: 4_000,
    stream: true,
    system: [{ type: "text", text: instructions, cache_control: { type: "ephemeral" } }],
    messages: [{ role: "user", content: task }, ...history],
    tools: tools.map((tool) => ({ ...tool, input_schema: schema })),
  }),
};
const responses: Shape = {
  call: (id) => ({ type: "function_call", call_id: id, name: "tool_1", arguments: '{"path":"src/a.ts"}' }),
  result: (id) => ({ type: "function_call_output", call_id: id, output: fileText }),
  body: (history) => ({
    model: responsesModel,
    stream: true,
    store: false,
    instructions,
    input: [{ role: "user", content: task }, ...history],
    tools: tools.map((tool) => ({ type: "function", ...tool, parameters: schema })),
  }),
};
const task = `I am ${senderMark}. Find out why the tests fail, and mend it.`;

/** Sessions of an agent over each protocol: every turn sends what came before and one more file. */
export function agentScripts(turns: number): readonly ScenarioScript[] {
  return [
    { protocol: "chat", bodies: growingBodies(chat, turns), expected: wholeStream("chat", "[DONE]") },
    { protocol: "messages", bodies: growingBodies(messages, turns), expected: wholeStream("messages", "message_stop") },
    {
      protocol: "responses",
      bodies: growingBodies(responses, turns),
      expected: wholeStream("responses", "response.completed"),
    },
  ];
}

function growingBodies({ call, result, body }: Shape, turns: number): readonly string[] {
  const stepBytes = JSON.stringify([call("call_0"), result("call_0")]).length;
  return Array.from({ length: turns }, (_, turn) => {
    const wantedBytes = firstPromptBytes + ((lastPromptBytes - firstPromptBytes) * turn) / Math.max(1, turns - 1);
    const steps = Math.max(1, Math.round((wantedBytes - JSON.stringify(body([])).length) / stepBytes));
    const history = Array.from({ length: steps }, (_, step) => [call(`call_${step}`), result(`call_${step}`)]).flat();
    return JSON.stringify(body(history));
  });
}

function wholeStream(wire: ScenarioScript["protocol"], ending: string): ScenarioScript["expected"] {
  const bytes = prepareStream(wire, agentEvents).parts.reduce((sum, part) => sum + part.length, 0);
  // A whole response is longer than the end that is looked at.
  return { bytes, ending: wire === "responses" ? "usage" : ending };
}
