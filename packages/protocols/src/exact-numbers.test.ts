import { type JsonObject, type Wire, wires } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { peekRequest } from "./exchange/peek-request.js";
import { prepareExchange } from "./exchange/prepare-exchange.js";
import { answerIds } from "./testing/answer-ids.js";
import { catalogueModel } from "./testing/catalogue-model.js";

const input = '{"id":2512292042121000001,"list":[-9007199254740993],"text":"1234567890123456789"}';
const digits = /2512292042121000001.*-9007199254740993/;
const quoted = JSON.stringify(input);
const schema = '{"type":"object","properties":{"id":{"type":"integer","maximum":18446744073709551615}}}';

/** A history with a call whose numbers are longer than JavaScript's, as each protocol's clients send it. */
const requests: Readonly<Record<Wire, string>> = {
  "openai-chat": `{"model":"m","temperature":0.10000000000000000055,"tools":[{"type":"function","function":{"name":"f","parameters":${schema}}}],"messages":[{"role":"user","content":"x"},{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":${quoted}}}]},{"role":"tool","tool_call_id":"c","content":"ok"}]}`,
  "openai-responses": `{"model":"m","tools":[{"type":"function","name":"f","parameters":${schema}}],"input":[{"role":"user","content":"x"},{"type":"function_call","call_id":"c","name":"f","arguments":${quoted}},{"type":"function_call_output","call_id":"c","output":"ok"}]}`,
  "anthropic-messages": `{"model":"m","max_tokens":99,"tools":[{"name":"f","input_schema":${schema}}],"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":${input}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":"ok"}]}]}`,
};

/** The same call as each upstream answers with it, whole and as a stream. */
const answers: Readonly<Record<Wire, { readonly whole: string; readonly stream: string }>> = {
  "openai-chat": {
    whole: `{"id":"a","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":${quoted}}}]},"finish_reason":"tool_calls"}]}`,
    stream: `data: {"id":"a","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":${quoted}}}]},"finish_reason":"tool_calls"}]}\n\ndata: [DONE]\n\n`,
  },
  "openai-responses": {
    whole: `{"id":"a","status":"completed","output":[{"type":"function_call","call_id":"c","name":"f","arguments":${quoted}}]}`,
    stream: `data: {"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","call_id":"c","name":"f","arguments":${quoted}}}\n\ndata: {"type":"response.completed","response":{"status":"completed"}}\n\n`,
  },
  "anthropic-messages": {
    whole: `{"id":"a","type":"message","role":"assistant","content":[{"type":"tool_use","id":"c","name":"f","input":${input}}],"stop_reason":"tool_use"}`,
    stream: `data: {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"c","name":"f","input":${input}}}\n\ndata: {"type":"content_block_stop","index":0}\n\ndata: {"type":"message_delta","delta":{"stop_reason":"tool_use"}}\n\ndata: {"type":"message_stop"}\n\n`,
  },
};

const pairs = wires.flatMap((protocol) => wires.map((wire) => [protocol, wire] as const));

async function prepare(protocol: Wire, wire: Wire, body: string) {
  const call = { protocol, operation: "generate", wireHeaders: {} } as const;
  const model = catalogueModel({ id: "m", vendor: "X", wires: [wire] });
  return prepareExchange(call, peekRequest(protocol, Buffer.from(body)), model);
}

describe.each(pairs)("numbers that JavaScript would round: %s client, %s upstream", (protocol, wire) => {
  it("reach the upstream digit for digit", async () => {
    const { body } = await prepare(protocol, wire, requests[protocol]);
    const text = Buffer.from(body).toString();
    expect(text).toMatch(digits);
    expect(text).toContain("18446744073709551615");
  });

  it.each(["whole", "stream"] as const)("reach the client digit for digit (%s)", async (form) => {
    const exchange = await prepare(protocol, wire, requests[protocol]);
    if (form === "whole") {
      const { body } = exchange.readAnswer(Buffer.from(answers[wire].whole), answerIds());
      expect(Buffer.from(body).toString()).toMatch(digits);
      return;
    }
    const stream = exchange.openStream(answerIds());
    const outputs = [Buffer.from(answers[wire].stream)].map((chunk) => Buffer.from(stream.push(chunk).bytes ?? []));
    outputs.push(Buffer.from(stream.end().bytes ?? []));
    expect(Buffer.concat(outputs).toString()).toMatch(digits);
  });
});

describe("where a rule rewrites the client's own wire", () => {
  it("numbers stay as they were sent", async () => {
    const body = requests["anthropic-messages"].replace('"max_tokens":99', '"max_tokens":99,"inference_geo":"eu"');
    const { body: sent, applied } = await prepare("anthropic-messages", "anthropic-messages", body);
    expect(applied).toEqual(["unsupported-fields"]);
    expect(Buffer.from(sent).toString()).toMatch(digits);
    expect(Buffer.from(sent).toString()).not.toContain("inference_geo");
  });

  it("and so they do in a model of that name only, whatever its letter case", async () => {
    const body = requests["anthropic-messages"].replace('"max_tokens":99', '"max_tokens":99,"Model":"x"');
    const { body: sent } = await prepare("anthropic-messages", "anthropic-messages", body);
    const read = JSON.parse(Buffer.from(sent).toString()) as JsonObject;
    expect(read).not.toHaveProperty("Model");
    expect(Buffer.from(sent).toString()).toMatch(digits);
  });
});
