import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, endpoints, type Fixture, parseEvents, pick, startFixture, streamedText } from "../../testing/fixture.js";
import { planAgentStep } from "./agent-script.js";
import { sampleValue } from "./sample-value.js";
import { splitChunks } from "./split-chunks.js";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

const usage = { stream_options: { include_usage: true } };
const stream = async (path: string, text: string, extra: Record<string, unknown> = {}) => {
  const response = await fixture.post(path, ask(path, text, { stream: true, ...extra }));
  return response.text();
};

it("answers with what it was told to, and with the echo where it was told nothing", async () => {
  const told = await startFixture({ answerTo: (message) => (message === "Hello" ? "Good day" : undefined) });
  const answerOf = async (text: string) => {
    const response = await told.post("/chat/completions", ask("/chat/completions", text, { stream: true }));
    return streamedText(parseEvents(await response.text()));
  };
  try {
    expect(await answerOf("Hello")).toBe("Good day");
    expect(await answerOf("Hello there")).toBe("Echo: Hello there");
  } finally {
    await told.simulator.close();
  }
});

describe.each(endpoints)("directives on %s", (path) => {
  it("write text, with \\n as a line end, and leave the rest of the message out", async () => {
    expect(streamedText(parseEvents(await stream(path, "Please:\nsim: text one\\ntwo\nthanks")))).toBe("one\ntwo");
  });

  it("stream long output of an exact number of tokens", async () => {
    const events = parseEvents(
      await stream(path, "sim: long 1000\nsim: chunk-size 50", path === "/chat/completions" ? usage : {}),
    );
    expect(streamedText(events)).toHaveLength(5000);
    expect(JSON.stringify(events.slice(-3))).toMatch(/"(completion|output)_tokens":1000/);
  });

  it("keep characters whole in chunks, or cut through pairs when asked to", async () => {
    const script = "sim: text 🌍🌍🌍";
    expect(streamedText(parseEvents(await stream(path, `${script}\nsim: chunk-size 1`)))).toBe("🌍🌍🌍");
    const halves = await stream(path, `${script}\nsim: split-pairs`);
    expect(halves).toContain("\\ud83c");
    expect(streamedText(parseEvents(halves))).toBe("🌍🌍🌍");
  });

  it("cut the stream's bytes anywhere without changing them", async () => {
    expect(streamedText(parseEvents(await stream(path, "sim: text ünïcödé 🌍\nsim: split-bytes 3")))).toBe(
      "ünïcödé 🌍",
    );
  });

  it("add empty deltas and comment lines", async () => {
    const text = await stream(
      path,
      "sim: text one two three\nsim: quirk emptyDeltas=true\nsim: quirk commentLines=true",
    );
    expect(text).toContain(": simulated comment");
    expect(text.match(/"(delta|content|text)":""[,}]/g)?.length).toBeGreaterThan(2);
    expect(streamedText(parseEvents(text))).toBe("one two three");
  });

  it("break streams and name faults", async () => {
    expect(await stream(path, "sim: long 50\nsim: eof 3")).not.toMatch(/message_stop|response\.completed|\[DONE\]/);
    expect(await stream(path, "sim: long 50\nsim: silence 3 5")).toMatch(/message_stop|response\.completed|\[DONE\]/);
    expect(await stream(path, "sim: long 50\nsim: error")).toContain("failed in mid-stream");
    await expect(stream(path, "sim: cut 0")).rejects.toThrow();
    const response = await fixture.post(path, ask(path, "sim: fault rate-limited"));
    expect(response.status).toBe(429);
  });

  it("pace a stream", async () => {
    expect(streamedText(parseEvents(await stream(path, "sim: text slow\nsim: first-byte 1\nsim: delay 1")))).toBe(
      "slow",
    );
    expect(streamedText(parseEvents(await stream(path, "sim: text yielding\nsim: delay 0")))).toBe("yielding");
  });

  it("end by length or refuse", async () => {
    expect(await stream(path, "sim: text x\nsim: length")).toMatch(
      /"(finish_reason|stop_reason|status)":"(length|max_tokens|incomplete)"/,
    );
    expect(await stream(path, "sim: refuse sorry")).toContain("sorry");
  });

  it("say so when a tool was not offered", async () => {
    expect(streamedText(parseEvents(await stream(path, "sim: tool nothing")))).toBe(
      "The tool nothing was not offered.",
    );
  });

  it("leave unknown names as text", async () => {
    expect(streamedText(parseEvents(await stream(path, "sim: dance")))).toBe("Echo: sim: dance");
  });
});

describe("tool choice", () => {
  const tools = [
    { type: "function", function: { name: "a" } },
    {
      type: "function",
      function: { name: "b", parameters: { type: "object", properties: { n: { type: "integer" } } } },
    },
  ];
  const calls = async (tool_choice: unknown) => {
    const response = await fixture.post("/chat/completions", ask("/chat/completions", "hello", { tools, tool_choice }));
    return pick(await response.json(), "choices.0.message");
  };
  it("is obeyed: required, named, none, auto", async () => {
    expect(await calls("required")).toMatchObject({ tool_calls: [{ function: { name: "a", arguments: "{}" } }] });
    expect(await calls({ type: "function", function: { name: "b" } })).toMatchObject({
      tool_calls: [{ function: { name: "b", arguments: '{"n":1}' } }],
    });
    expect(await calls("none")).toMatchObject({ content: "Echo: hello" });
    expect(await calls("auto")).toMatchObject({ content: "Echo: hello" });
  });
});

describe("agent script", () => {
  const goal = { path: "/tmp/out.txt", content: "TOKEN-123" };
  const tool = (name: string, ...keys: string[]) => ({
    name,
    kind: "function" as const,
    schema: {
      type: "object",
      properties: Object.fromEntries(keys.map((key) => [key, { type: "string" }])),
      required: keys,
    },
  });
  const callOf = (step: number, ...tools: Parameters<typeof planAgentStep>[2]) =>
    planAgentStep(goal, step, tools, "TOKEN-123")?.find((part) => part.type === "tool-call");

  it("writes with a write tool, else a shell, else a patch, else a script runner", () => {
    const write = tool("Write", "file_path", "content");
    const bash = tool("Bash", "command", "description");
    expect(callOf(0, bash, write)).toMatchObject({
      tool: "Write",
      argumentsText: '{"file_path":"/tmp/out.txt","content":"TOKEN-123"}',
    });
    expect(callOf(0, tool("write", "filePath", "content"))).toMatchObject({ tool: "write" });
    expect(callOf(0, bash)).toMatchObject({
      tool: "Bash",
      argumentsText: '{"command":"printf %s TOKEN-123 > /tmp/out.txt","description":"sample"}',
    });
    expect(callOf(0, tool("exec_command", "cmd"))).toMatchObject({
      argumentsText: '{"cmd":"printf %s TOKEN-123 > /tmp/out.txt"}',
    });
    const shell = { ...tool("shell"), schema: { properties: { command: { type: "array" } } } };
    expect(callOf(0, shell)).toMatchObject({
      argumentsText: '{"command":["bash","-c","printf %s TOKEN-123 > /tmp/out.txt"]}',
    });
    expect(callOf(0, { name: "apply_patch", kind: "custom", schema: {} })).toMatchObject({
      argumentsText: expect.stringContaining("*** Add File: /tmp/out.txt\n+TOKEN-123"),
    });
    expect(callOf(0, { name: "exec", kind: "custom", schema: {} })).toMatchObject({
      argumentsText: expect.stringContaining("tools.exec_command"),
    });
    expect(callOf(0, tool("other", "x"))).toBeUndefined();
  });

  it("finds the free-text tools that a proxy made functions", () => {
    expect(callOf(0, tool("functions__exec", "input"))).toMatchObject({
      tool: "functions__exec",
      argumentsText: expect.stringMatching(/^\{"input":"const r = await tools\.exec_command/),
    });
    expect(callOf(0, tool("apply_patch", "input"))).toMatchObject({
      argumentsText: expect.stringMatching(/^\{"input":"\*\*\* Begin Patch/),
    });
  });

  it("reads back with a read tool, else a shell, and then finishes with what it read", () => {
    expect(callOf(1, tool("Bash", "command"), tool("Read", "file_path"))).toMatchObject({ tool: "Read" });
    expect(callOf(1, tool("Bash", "command"))).toMatchObject({ argumentsText: '{"command":"cat /tmp/out.txt"}' });
    expect(planAgentStep(goal, 2, [], "TOKEN-123")).toEqual([
      { type: "text", text: "Done. /tmp/out.txt contains: TOKEN-123" },
    ]);
  });

  it("plays through a whole conversation of plain words", async () => {
    const write = { name: "Write", input_schema: tool("Write", "file_path", "content").schema };
    const read = { name: "Read", input_schema: tool("Read", "file_path").schema };
    const messages: unknown[] = [
      { role: "user", content: "create the file /tmp/out.txt containing exactly TOKEN-123" },
    ];
    const called: unknown[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const body = ask("/v1/messages", "", { messages, tools: [write, read] });
      const answer: unknown = await (await fixture.post("/v1/messages", body)).json();
      const content = pick(answer, "content") as { type: string; id: string; name: string }[];
      messages.push({ role: "assistant", content });
      const call = content.find((block) => block.type === "tool_use");
      called.push(call?.name ?? pick(content[0], "text"));
      if (call === undefined) break;
      messages.push({ role: "user", content: [{ type: "tool_result", tool_use_id: call.id, content: "TOKEN-123" }] });
    }
    expect(called).toEqual(["Write", "Read", "Done. /tmp/out.txt contains: TOKEN-123"]);
  });
});

describe("samples and chunks", () => {
  it("fit their schema", () => {
    const schema = {
      type: "object",
      $defs: { point: { type: "object", properties: { x: { type: "number", exclusiveMinimum: 4 } }, required: ["x"] } },
      properties: {
        kind: { enum: ["round", "flat"] },
        fixed: { const: 7 },
        points: { type: "array", items: { $ref: "#/$defs/point" }, minItems: 2 },
        maybe: { anyOf: [{ type: "boolean" }, { type: "null" }] },
        short: { type: ["null", "string"], maxLength: 2 },
        nothing: { type: "null" },
        optional: { type: "string" },
      },
      required: ["kind", "fixed", "points", "maybe", "short", "nothing"],
    };
    expect(sampleValue(schema, "text")).toEqual({
      kind: "round",
      fixed: 7,
      points: [{ x: 5 }, { x: 5 }],
      maybe: true,
      short: "te",
      nothing: null,
    });
  });

  it("put together what was cut", () => {
    const text = "aé🌍".repeat(20);
    for (const size of [1, 2, 3, 7]) {
      expect(splitChunks(text, size).join("")).toBe(text);
      expect(splitChunks(text, size, true).join("")).toBe(text);
    }
  });
});
