import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  alice,
  ask,
  createQuestions,
  type Fixture,
  pick,
  startFixture,
  streamedText,
} from "../../../testing/fixture.js";

const path = "/responses";
const include = ["reasoning.encrypted_content"];
const weather = {
  type: "function",
  name: "get_weather",
  parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};
const patch = { type: "custom", name: "apply_patch", format: { type: "grammar", syntax: "lark", definition: "x" } };

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

const { sendJson, sendStream } = createQuestions(path, () => fixture);
describe("/responses", () => {
  it("streams every event in order with rising numbers and no end marker", async () => {
    const events = await sendStream("hello there", { model: "gpt-5.3-codex" });
    const types = events.map(({ event }) => event).filter((event, index, all) => event !== all[index - 1]);
    expect(types).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.completed",
    ]);
    expect(events.map(({ data }) => pick(data, "sequence_number"))).toEqual(events.map((_, index) => index));
    expect(streamedText(events)).toBe("Echo: hello there");
    expect(events.at(-1)?.data).toMatchObject({ response: { status: "completed", usage: { total_tokens: 11 } } });
  });

  it("answers the same without a stream", async () => {
    expect(await sendJson("hello there")).toMatchObject({
      object: "response",
      status: "completed",
      output: [{ type: "message", content: [{ type: "output_text", text: "Echo: hello there" }] }],
      usage: { input_tokens: 7, output_tokens: 4, total_tokens: 11 },
    });
  });

  it("names an item differently when it is done, unless told not to", async () => {
    const idsOf = async (text: string) =>
      (await sendStream(text))
        .filter(({ event }) => event?.startsWith("response.output_item"))
        .map(({ data }) => pick(data, "item.id"));
    const [added, done] = await idsOf("hi");
    expect(added).not.toBe(done);
    const [same, again] = await idsOf("sim: quirk rotatingItemIds=false");
    expect(same).toBe(again);
  });

  it("calls functions, custom tools and tools of a namespace in their own form", async () => {
    const namespace = { type: "namespace", name: "mcp__echo", tools: [{ ...weather, name: "echo" }] };
    const script = 'sim: tool get_weather {"city":"Oslo"}\nsim: tool apply_patch *** Begin Patch\nsim: tool echo';
    const answer = await sendJson(script, { tools: [weather, patch, namespace] });
    expect(pick(answer, "output")).toMatchObject([
      { type: "function_call", name: "get_weather", arguments: '{"city":"Oslo"}' },
      { type: "custom_tool_call", name: "apply_patch", input: "*** Begin Patch" },
      { type: "function_call", name: "echo", namespace: "mcp__echo", arguments: '{"city":"sample"}' },
    ]);
  });

  it("finds tools in additional_tools items", async () => {
    const input = [
      {
        type: "additional_tools",
        role: "developer",
        tools: [{ type: "namespace", name: "functions", tools: [patch] }],
      },
      { role: "user", content: [{ type: "input_text", text: "sim: tool apply_patch x" }] },
    ];
    expect(pick(await sendJson("", { input }), "output.0")).toMatchObject({
      type: "custom_tool_call",
      name: "apply_patch",
    });
  });

  it("reasons with a summary and an encrypted blob when an effort is asked for", async () => {
    const answer = await sendJson("hi", { reasoning: { effort: "high" }, include });
    expect(pick(answer, "output.0")).toMatchObject({ type: "reasoning", summary: [{ type: "summary_text" }] });
    expect(pick(answer, "output.0.encrypted_content")).toEqual(expect.any(String));
    const plain = await sendJson("hi", { reasoning: { effort: "high" } });
    expect(pick(plain, "output.0")).not.toHaveProperty("encrypted_content");
  });

  it("ends incomplete at the output limit and refuses in its own part", async () => {
    expect(await sendJson("sim: long 17", { max_output_tokens: 16 })).toMatchObject({
      status: "incomplete",
      incomplete_details: { reason: "max_output_tokens" },
    });
    expect(pick(await sendJson("sim: refuse no"), "output.0.content.0")).toEqual({ type: "refusal", refusal: "no" });
  });

  it("binds item ids to the connection when told to", async () => {
    fixture.simulator.quirks.set({ itemIdsBoundTo: "connection" });
    const output = pick(await sendJson("hi"), "output") as unknown[];
    const body = JSON.stringify(ask(path, "", { input: [...output, { role: "user", content: "again" }] }));
    const status = await new Promise((resolve) => {
      const headers = { authorization: `Bearer ${alice.token}` };
      const target = `${fixture.simulator.url}${path}`;
      request(target, { method: "POST", headers, agent: false }, (response) => resolve(response.statusCode)).end(body);
    });
    expect(status).toBe(400);
  });

  it("answers redacted reasoning without its summary", async () => {
    const script = "sim: redacted a secret thought\nsim: text x";
    const extra = { reasoning: { effort: "low" }, include };
    const whole = await sendJson(script, extra);
    expect(pick(whole, "output.0")).toMatchObject({ summary: [], encrypted_content: expect.any(String) });
    expect(JSON.stringify([whole, await sendStream(script, extra)])).not.toContain("secret");
  });
});
