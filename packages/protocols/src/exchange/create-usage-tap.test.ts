import { GatewayError, type JsonObject, type Protocol, type Wire } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createSseReader } from "../sse/sse-reader.js";
import { propertyRuns } from "../testing/property-runs.js";
import { splitBytes } from "../testing/split-bytes.js";
import { createUsageTap } from "./create-usage-tap.js";
import type { TapResult } from "./usage-tap.js";

const encoder = new TextEncoder();
const chatChunk = (delta: JsonObject, rest: JsonObject = {}): string =>
  `data: ${JSON.stringify({ id: "c", choices: [{ index: 0, delta, finish_reason: null }], usage: null, ...rest })}\n\n`;
const named = (event: JsonObject): string => `event: ${String(event.type)}\ndata: ${JSON.stringify(event)}\n\n`;

const chatUsage = {
  prompt_tokens: 20,
  completion_tokens: 9,
  prompt_tokens_details: { cached_tokens: 4 },
  completion_tokens_details: { reasoning_tokens: 3 },
};
const chatFinish = `data: ${JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: "stop" }] })}\n\n`;
const chatHead = [
  `data: ${JSON.stringify({ choices: [], prompt_filter_results: [] })}\n\n`,
  ": comment\n\n",
  chatChunk({ role: "assistant", content: "" }),
];
const chatText = [
  chatChunk({ content: 'says "usage":{"prompt_tokens":1} [DONE]' }),
  chatChunk({ content: "\ndata: [DONE]\n" }),
];
const chatTokens = { inputTokens: 20, outputTokens: 9, cacheReadTokens: 4, cacheWriteTokens: 0, reasoningTokens: 3 };

const messages = [
  named({
    type: "message_start",
    message: {
      id: "m",
      usage: { input_tokens: 16, cache_read_input_tokens: 5, cache_creation_input_tokens: 7, output_tokens: 3 },
    },
  }),
  named({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }),
  named({ type: "ping" }),
  named({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: '"message_stop"' } }),
  named({ type: "content_block_stop", index: 0 }),
  named({
    type: "message_delta",
    delta: { stop_reason: "end_turn" },
    usage: { input_tokens: 0, output_tokens: 17, output_tokens_details: { thinking_tokens: 2 } },
    copilot_usage: { total_nano_aiu: 30300000 },
  }),
];
const messageStop = `${named({ type: "message_stop" })}data: [DONE]\n\n`;
const messagesTokens = {
  inputTokens: 28,
  outputTokens: 17,
  cacheReadTokens: 5,
  cacheWriteTokens: 7,
  reasoningTokens: 2,
};

const responsesUsage = {
  input_tokens: 8,
  output_tokens: 6,
  total_tokens: 14,
  input_tokens_details: { cached_tokens: 2 },
  output_tokens_details: { reasoning_tokens: 1 },
};
const responses = [
  named({
    type: "response.created",
    sequence_number: 0,
    response: { id: "resp_1", created_at: 5, model: "g", output: [] },
  }),
  named({ type: "response.in_progress", sequence_number: 1, response: { id: "resp_1", usage: null } }),
  named({ type: "response.output_item.added", sequence_number: 2, item: { id: "i" } }),
  named({ type: "response.output_text.delta", sequence_number: 3, delta: "response.completed" }),
  named({ type: "response.output_item.done", sequence_number: 4, item: { id: "j" } }),
];
const responsesEnd = named({
  type: "response.completed",
  sequence_number: 5,
  response: { id: "resp_1", usage: responsesUsage },
  copilot_usage: { total_nano_aiu: 12 },
});
const responsesTokens = {
  inputTokens: 8,
  outputTokens: 6,
  cacheReadTokens: 2,
  cacheWriteTokens: 0,
  reasoningTokens: 1,
};

function run(wire: Wire, parts: readonly string[]) {
  const tap = createUsageTap(wire, "stream");
  const signals = parts.map((part) => ({ ...tap.push(encoder.encode(part)) }));
  return {
    tap,
    firstToken: signals.findIndex((signal) => signal.firstToken),
    terminal: signals.findIndex((signal) => signal.terminal),
    signals,
    result: tap.finish(),
  };
}

describe("usage tap on Chat streams", () => {
  it("reads usage from a chunk of its own, and copilot_usage beside it", () => {
    const usageChunk = `data: ${JSON.stringify({ choices: [], usage: chatUsage, copilot_usage: { total_nano_aiu: 77 } })}\n\n`;
    const parts = [...chatHead, ...chatText, chatFinish, usageChunk, "data: [DONE]\n\n"];
    const { firstToken, terminal, result } = run("openai-chat", parts);
    expect(firstToken).toBe(3);
    expect(terminal).toBe(parts.length - 1);
    expect(result).toEqual({
      usage: { tokens: chatTokens, nanoAiu: 77 },
      terminal: true,
      errorSeen: null,
      estimatedOutputTokens: expect.any(Number),
    });
  });

  it("reads usage from the finish chunk", () => {
    const finish = chatChunk(
      {},
      {
        choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
        usage: { ...chatUsage, copilot_usage: { total_nano_aiu: 5 } },
      },
    );
    const { result, terminal } = run("openai-chat", [...chatHead, ...chatText, finish]);
    expect(result).toEqual({
      usage: { tokens: chatTokens, nanoAiu: 5 },
      terminal: true,
      errorSeen: null,
      estimatedOutputTokens: expect.any(Number),
    });
    expect(terminal).toBe(-1);
  });

  it("reports no tokens when the upstream gave none", () => {
    const { result } = run("openai-chat", [...chatHead, ...chatText, chatFinish, "data: [DONE]\n\n"]);
    expect(result.usage).toEqual({ tokens: null, nanoAiu: null });
  });

  it("does not take a cut stream for a complete one", () => {
    expect(run("openai-chat", [...chatHead, ...chatText]).result.terminal).toBe(false);
  });

  it.each([{ tool_calls: [{ index: 0 }] }, { reasoning_text: "x" }, { refusal: "no" }])(
    "counts %j as the first token",
    (delta) => {
      expect(run("openai-chat", [...chatHead, chatChunk(delta)]).firstToken).toBe(3);
    },
  );

  it("sees an error in the stream and takes it for the end", () => {
    const error = `data: ${JSON.stringify({ error: { code: 429, message: "slow down" } })}\n\n`;
    const { result, terminal } = run("openai-chat", [...chatHead, ...chatText, error]);
    expect(terminal).toBe(5);
    expect(result.errorSeen).toEqual({ status: 429, code: "429", message: "slow down" });
  });

  it("sees a finish reason of error", () => {
    const { result } = run("openai-chat", [chatFinish.replace("stop", "error")]);
    expect(result.errorSeen).toMatchObject({ status: 500, code: "error" });
  });
});

describe("usage tap on Messages streams", () => {
  it("adds message_start and message_delta up", () => {
    const { firstToken, terminal, result } = run("anthropic-messages", [...messages, messageStop]);
    expect(firstToken).toBe(3);
    expect(terminal).toBe(6);
    expect(result).toEqual({
      usage: { tokens: messagesTokens, nanoAiu: 30300000 },
      terminal: true,
      errorSeen: null,
      estimatedOutputTokens: expect.any(Number),
    });
  });

  it("reads a stream without event lines", () => {
    const bare = [...messages, messageStop].map((part) => part.replace(/event: .*\n/g, ""));
    const { firstToken, terminal, result } = run("anthropic-messages", bare);
    expect({ firstToken, terminal, tokens: result.usage.tokens }).toEqual({
      firstToken: 3,
      terminal: 6,
      tokens: messagesTokens,
    });
  });

  it("sees an error event", () => {
    const error = named({ type: "error", error: { type: "overloaded_error", message: "Overloaded" } });
    const { result, terminal } = run("anthropic-messages", [...messages, error]);
    expect(terminal).toBe(6);
    expect(result.errorSeen).toEqual({ status: 529, code: "overloaded_error", message: "Overloaded" });
  });

  it("does not take a stream without message_stop for a complete one", () => {
    expect(run("anthropic-messages", messages).result).toMatchObject({
      terminal: false,
      usage: { tokens: messagesTokens },
    });
  });
});

describe("usage tap on Responses streams", () => {
  it("reads usage from the event that completes the response", () => {
    const { firstToken, terminal, result } = run("openai-responses", [...responses, responsesEnd]);
    expect({ firstToken, terminal }).toEqual({ firstToken: 3, terminal: 5 });
    expect(result).toEqual({
      usage: { tokens: responsesTokens, nanoAiu: 12 },
      terminal: true,
      errorSeen: null,
      estimatedOutputTokens: expect.any(Number),
    });
  });

  it("reads a stream without event lines", () => {
    const bare = [...responses, responsesEnd].map((part) => part.replace(/event: .*\n/g, ""));
    const { firstToken, terminal, result } = run("openai-responses", bare);
    expect({ firstToken, terminal, tokens: result.usage.tokens }).toEqual({
      firstToken: 3,
      terminal: 5,
      tokens: responsesTokens,
    });
  });

  it("sees a failed response and takes it for the end", () => {
    const failed = named({
      type: "response.failed",
      response: { id: "resp_1", error: { code: "rate_limit_exceeded", message: "no" }, usage: responsesUsage },
    });
    const { result } = run("openai-responses", [...responses, failed]);
    expect(result).toMatchObject({
      terminal: true,
      usage: { tokens: responsesTokens },
      errorSeen: { status: 429, code: "rate_limit_exceeded", message: "no" },
    });
  });

  it("takes an incomplete response for an end without error", () => {
    const { result } = run("openai-responses", [...responses, responsesEnd.replaceAll("completed", "incomplete")]);
    expect(result).toMatchObject({ terminal: true, errorSeen: null });
  });
});

describe("usage tap and chunks", () => {
  const streams: Readonly<Record<Wire, string>> = {
    "openai-chat": [...chatHead, ...chatText, chatFinish, "data: [DONE]\n\n"].join(""),
    "anthropic-messages": [...messages, messageStop].join(""),
    "openai-responses": [...responses, responsesEnd].join(""),
  };

  it.each(Object.entries(streams))(
    "%s: any split and any line end give the same result and one signal each",
    (wire, text) => {
      const expected = run(wire as Wire, [text]).result;
      const lineEnds = fc.constantFrom("\n", "\r\n", "\r");
      fc.assert(
        fc.property(fc.array(fc.integer({ min: 0, max: text.length })), lineEnds, (cuts, lineEnd) => {
          const bytes = encoder.encode(text.replaceAll("\n", lineEnd));
          const tap = createUsageTap(wire as Wire, "stream");
          const counts = { firstToken: 0, terminal: 0 };
          for (const chunk of splitBytes(bytes, cuts)) {
            const signal = tap.push(chunk);
            if (signal.firstToken) counts.firstToken += 1;
            if (signal.terminal) counts.terminal += 1;
          }
          expect(tap.finish()).toEqual<TapResult>(expected);
          expect(counts).toEqual({ firstToken: 1, terminal: 1 });
        }),
        propertyRuns(100),
      );
    },
  );

  it("says how much of a chunk is complete events, and whether an event is cut", () => {
    const tap = createUsageTap("openai-chat", "stream");
    expect(tap.midEvent).toBe(false);
    const event = chatChunk({ content: "x" });
    expect(tap.push(encoder.encode(event + event.slice(0, 9))).completeBytes).toBe(event.length);
    expect(tap.midEvent).toBe(true);
    expect(tap.push(encoder.encode(event.slice(9, 20))).completeBytes).toBe(0);
    expect(tap.push(encoder.encode(event.slice(20, -1))).completeBytes).toBe(0);
    expect(tap.midEvent).toBe(true);
    expect(tap.push(encoder.encode("\n")).completeBytes).toBe(1);
    expect(tap.midEvent).toBe(false);
  });

  it("says where in a chunk the terminal event begins", () => {
    const event = chatChunk({ content: "x" });
    const tap = createUsageTap("openai-chat", "stream");
    expect(tap.push(encoder.encode(`${event}${event}data: [DONE]\n\n`))).toMatchObject({
      terminal: true,
      terminalStart: 2 * event.length,
    });
    const cut = createUsageTap("openai-chat", "stream");
    cut.push(encoder.encode(`${event}data: [D`));
    expect(cut.push(encoder.encode("ONE]\n\n"))).toMatchObject({ terminal: true, terminalStart: 0 });
  });

  it("reads a last line that has no end", () => {
    expect(run("openai-chat", ["data: [DONE]"]).result.terminal).toBe(true);
  });

  it("ignores data that is no JSON", () => {
    expect(run("openai-chat", ["data: {oops\n\n", "data: 3\n\n", "junk\n\n", "data: [DONE]\n\n"]).result.terminal).toBe(
      true,
    );
  });

  it("bounds what an upstream claims", () => {
    const usage = {
      prompt_tokens: 5.7,
      completion_tokens: -3,
      prompt_tokens_details: { cached_tokens: 1e9 },
      completion_tokens_details: { reasoning_tokens: "7" },
    };
    const { result } = run("openai-chat", [`data: ${JSON.stringify({ choices: [], usage })}\n\n`]);
    expect(result.usage.tokens).toEqual({
      inputTokens: 5,
      outputTokens: 0,
      cacheReadTokens: 5,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
    });
  });
});

describe("closing a broken stream", () => {
  const error = new GatewayError("upstream_error", "The upstream cut the answer short.");
  const events = (wire: Wire, parts: readonly string[]) => {
    const { tap } = run(wire, parts);
    const reader = createSseReader();
    const sent = parts.flatMap((part) => [...reader.push(encoder.encode(part))]).length;
    return { sent, closing: [...reader.push(tap.closing(error, "req-1")), ...reader.finish()] };
  };

  it("Chat: an error chunk and [DONE]", () => {
    const { closing } = events("openai-chat", [...chatHead]);
    expect(JSON.parse(closing[0]?.data ?? "")).toMatchObject({
      error: { type: "server_error", code: "upstream_error" },
    });
    expect(closing[1]?.data).toBe("[DONE]");
  });

  it("Messages: an error event", () => {
    const { closing } = events("anthropic-messages", messages);
    expect(closing).toHaveLength(1);
    expect(closing[0]?.event).toBe("error");
    expect(JSON.parse(closing[0]?.data ?? "")).toMatchObject({
      type: "error",
      error: { type: "api_error" },
      request_id: "req-1",
    });
  });

  it("Responses: response.failed with the id seen and the next sequence number", () => {
    const { closing } = events("openai-responses", responses);
    expect(closing.map(({ event }) => event)).toEqual(["response.failed"]);
    expect(JSON.parse(closing[0]?.data ?? "")).toMatchObject({
      type: "response.failed",
      sequence_number: 5,
      response: {
        id: "resp_1",
        created_at: 5,
        model: "g",
        status: "failed",
        error: { code: "upstream_error", message: "The upstream cut the answer short." },
      },
    });
  });

  it("Responses: starts the response when the upstream never did", () => {
    const { closing } = events("openai-responses", []);
    expect(closing.map(({ event }) => event)).toEqual(["response.created", "response.failed"]);
    expect(closing.map(({ data }) => (JSON.parse(data) as JsonObject).sequence_number)).toEqual([0, 1]);
  });

  it("ends a cut event first", () => {
    const half = chatChunk({ content: "x" }).slice(0, 20);
    const { sent, closing } = events("openai-chat", [...chatHead, half]);
    expect(sent).toBe(2);
    expect(closing.at(-2)?.data).toContain("upstream_error");
    expect(closing.at(-1)?.data).toBe("[DONE]");
  });
});

describe("usage tap on answers in one piece", () => {
  it.each<[Protocol, JsonObject, number]>([
    ["openai-chat", { usage: chatUsage, copilot_usage: { total_nano_aiu: 3 } }, 20],
    [
      "anthropic-messages",
      {
        usage: { input_tokens: 1, cache_read_input_tokens: 2, output_tokens: 3 },
        copilot_usage: { total_nano_aiu: 3 },
      },
      3,
    ],
    ["openai-responses", { usage: { ...responsesUsage, copilot_usage: { total_nano_aiu: 3 } } }, 8],
    ["openai-embeddings", { usage: { prompt_tokens: 4, total_tokens: 4 }, copilot_usage: { total_nano_aiu: 3 } }, 4],
  ])("%s", (protocol, body, inputTokens) => {
    const tap = createUsageTap(protocol, "json");
    const bytes = encoder.encode(JSON.stringify(body));
    expect(tap.push(bytes.subarray(0, 9)).firstToken).toBe(true);
    expect(tap.push(bytes.subarray(9)).firstToken).toBe(false);
    expect(tap.finish()).toMatchObject({
      usage: { tokens: { inputTokens }, nanoAiu: 3 },
      terminal: true,
      errorSeen: null,
    });
  });

  it("does not take a cut body for a complete one", () => {
    const tap = createUsageTap("openai-chat", "json");
    tap.push(encoder.encode('{"usage":{'));
    expect(tap.finish()).toEqual({
      usage: { tokens: null, nanoAiu: null },
      terminal: false,
      errorSeen: null,
      estimatedOutputTokens: expect.any(Number),
    });
  });
});

describe("an answer whose usage the upstream does not tell", () => {
  it("is measured by the size of its events, whatever their envelope", () => {
    const tap = createUsageTap("openai-chat", "stream");
    const chunk = (content: string) =>
      `data: {"id":"chatcmpl-1","model":"gpt-4o","choices":[{"index":0,"delta":{"content":"${content}"}}]}\n\n`;
    tap.push(encoder.encode([chunk(""), chunk("x".repeat(40)).repeat(10), "data: [DONE]\n\n"].join("")));
    const { usage, estimatedOutputTokens } = tap.finish();
    expect(usage.tokens).toBeNull();
    expect(estimatedOutputTokens).toBe(100);
  });
});
