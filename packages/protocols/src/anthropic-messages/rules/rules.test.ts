import type { CatalogueModel, JsonObject, JsonValue } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { catalogueModel } from "../../testing/catalogue-model.js";
import { fitRequest } from "../../testing/fit-request.js";

const { supports } = catalogueModel();
const fitted = (body: JsonObject, model: Partial<CatalogueModel> = {}) => fitRequest("anthropic-messages", body, model);
const user = { role: "user", content: "x" };
const text = (words: string) => ({ type: "text", text: words });
const call = (id: string) => ({ type: "tool_use", id, name: "f", input: {} });
const result = (id: string) => ({ type: "tool_result", tool_use_id: id, content: "done" });
const thought = (words: string) => ({ type: "thinking", thinking: words, signature: "s" });
const budget = (tokens: number) => ({ thinking: { type: "enabled", budget_tokens: tokens } });

/** The same for every case: the body, what becomes of it, and by which rule. */
function expectFit(body: JsonObject, expected: JsonObject, rule: string, model: Partial<CatalogueModel> = {}): void {
  expect(fitted(body, model)).toEqual({ body: expected, applied: [rule] });
}

describe("sampling on Messages", () => {
  it.each(["claude-opus-4.7", "claude-opus-4.8", "claude-sonnet-5"])("sampling-removed: %s takes none at all", (id) => {
    expectFit({ temperature: 0, top_p: 1, top_k: 3, stream: true }, { stream: true }, "sampling-removed", { id });
  });

  it.each([
    [{ temperature: 0.3, top_p: 0.5 }, { temperature: 0.3 }],
    [{ temperature: 1, top_p: 0.5 }, { top_p: 0.5 }],
    [{ temperature: 0.3, top_p: 1 }, { temperature: 0.3 }],
    [{ temperature: 1, top_p: 1 }, { temperature: 1 }],
  ])("one-sampling-parameter: %j becomes %j", (sampling, kept) => {
    expectFit(sampling, kept, "one-sampling-parameter");
    expect(fitted(sampling, { id: "claude-sonnet-4" }).applied).toEqual([]);
  });

  it.each([
    [{ temperature: 0.5 }, {}],
    [{ top_p: 0.5 }, {}],
    [{ top_k: 9 }, {}],
    [{ temperature: 0, top_p: 0.96 }, { top_p: 0.96 }],
  ])("sampling-beside-thinking: of %j stays %j", (sampling, kept) => {
    const thinking = { type: "adaptive" };
    expectFit({ thinking, ...sampling }, { thinking, ...kept }, "sampling-beside-thinking");
    expect(fitted({ thinking: { type: "disabled" }, ...sampling }).applied).not.toContain("sampling-beside-thinking");
    expect(fitted({ thinking, temperature: 1 }).applied).toEqual([]);
  });

  it("blank-stop-sequence: stop sequences hold words; the others are cut at here", () => {
    expectFit({ stop_sequences: ["\n", "END", " "] }, { stop_sequences: ["END"] }, "blank-stop-sequence");
    expectFit({ stop_sequences: ["\n\n"] }, {}, "blank-stop-sequence");
  });
});

describe("thinking on Messages", () => {
  it("no-thinking-before-a-forced-tool", () => {
    const tools = [{ name: "f", input_schema: { type: "object" } }];
    const forced = { tools, tool_choice: { type: "tool", name: "f" } };
    const rule = "no-thinking-before-a-forced-tool";
    expectFit({ ...forced, ...budget(2000) }, forced, rule);
    const management = { edits: [{ type: "clear_thinking_20251015" }, { type: "clear_tool_uses_20250919" }] };
    const kept = { edits: [{ type: "clear_tool_uses_20250919" }] };
    expectFit(
      { ...forced, ...budget(2000), context_management: management },
      { ...forced, context_management: kept },
      rule,
    );
  });

  it.each([
    [8000, 500, 1024],
    [8000, 8000, 7999],
    [8000, 20_000, 7999],
    [1024, 1024, null],
    [8000, 2000, 2000],
  ])("budget-below-the-limit: of an answer of %i tokens %i become %j", (limit, asked, given) => {
    const { body } = fitted({ max_tokens: limit, ...budget(asked) });
    expect(body).toEqual({ max_tokens: limit, ...(given === null ? {} : budget(given)) });
  });

  it("turns-under-way-begin-with-thinking: else the model thinks as it likes, or not at all", () => {
    const rule = "turns-under-way-begin-with-thinking";
    const messages = [user, { role: "assistant", content: [call("t")] }, { role: "user", content: [result("t")] }];
    const body = { max_tokens: 9000, messages, ...budget(2000) };
    expectFit(body, { ...body, thinking: { type: "adaptive" } }, rule);
    const byBudget = { supports: { ...supports, adaptiveThinking: false } };
    expectFit(body, { max_tokens: 9000, messages }, rule, byBudget);
    const thought = { type: "thinking", thinking: "hm", signature: "s" };
    const whole = [
      user,
      { role: "assistant", content: [thought, call("t")] },
      { role: "user", content: [result("t")] },
    ];
    expect(fitted({ ...body, messages: whole }).applied).toEqual([]);
    expect(fitted({ ...body, messages: [...messages, { role: "assistant", content: "ok" }, user] }).applied).toEqual(
      [],
    );
    expect(fitted({ ...body, messages: [...messages, { role: "user", content: "and more" }] }).applied).toEqual([rule]);
    const later = [...whole, { role: "assistant", content: [call("u")] }, { role: "user", content: [result("u")] }];
    expect(fitted({ ...body, messages: later }).applied).toEqual([]);
  });
});

describe("what is said on Messages", () => {
  it("texts-are-not-blank: text without words goes, wherever it stands", () => {
    const rule = "texts-are-not-blank";
    expectFit({ system: [text("s"), text("\n")] }, { system: [text("s")] }, rule);
    expectFit({ system: " " }, {}, rule);
    expectFit(
      { messages: [{ role: "user", content: [text("  "), text("x")] }] },
      { messages: [{ role: "user", content: [text("x")] }] },
      rule,
    );
    expectFit(
      { messages: [{ role: "user", content: "\n\n" }] },
      { messages: [{ role: "user", content: "(empty)" }] },
      rule,
    );
    expectFit(
      { messages: [{ role: "user", content: [text("")] }] },
      { messages: [{ role: "user", content: "(empty)" }] },
      rule,
    );
    expectFit({ messages: [user, { role: "assistant", content: " " }, user] }, { messages: [user, user] }, rule);
    const blankResult = { ...result("t"), content: [text(" \n")] };
    const calls = { role: "assistant", content: [call("t")] };
    expectFit(
      { messages: [user, calls, { role: "user", content: [blankResult] }] },
      { messages: [user, calls, { role: "user", content: [{ type: "tool_result", tool_use_id: "t" }] }] },
      rule,
    );
  });

  it("texts-are-not-blank: what stands before a thought of the turn keeps its place", () => {
    const rule = "texts-are-not-blank";
    const turn = (...messages: JsonObject[]) => ({ messages: [user, ...messages] });
    const answer = (...content: JsonObject[]) => ({ role: "assistant", content });
    const results = { role: "user", content: [result("t")] };
    const [one, two] = [thought("1"), { type: "redacted_thinking", data: "AAAA" }];
    const held = text("(empty)");
    expectFit(
      turn(answer(text("\n\n"), one, text("x"), text(" "), text(""), two, text("\n"), call("t")), results),
      turn(answer(held, one, text("x"), held, held, two, call("t")), results),
      rule,
    );
    const split = [answer(text("\n\n")), { role: "assistant", content: "\n" }, answer(one, call("t")), results];
    expectFit(turn(...split), turn(answer(held), { role: "assistant", content: "(empty)" }, ...split.slice(2)), rule);
    const before = { role: "assistant", content: "\n" };
    expectFit(turn(before, user, answer(one, call("t")), results), turn(user, answer(one, call("t")), results), rule);
  });

  it("texts-are-not-blank: a thought that goes itself holds no place", () => {
    const foreign = { ...thought("1"), signature: "clp1:openai-chat:signed:AAAA" };
    const body = (...content: JsonObject[]) => ({ messages: [user, { role: "assistant", content }, user] });
    expect(fitted(body(text("\n"), foreign, text("x"))).body).toEqual(body(text("x")));
  });

  it("what-server-tools-found-is-text: in its place, the call goes", () => {
    const rule = "what-server-tools-found-is-text";
    const ran = (name: string, type = "server_tool_use") => ({ type, id: "s", name, input: { q: "x" } });
    const found = (kind: string, content: JsonValue, more: JsonObject = {}) => ({
      type: `${kind}_tool_result`,
      tool_use_id: "s",
      content,
      ...more,
    });
    const page = {
      type: "document",
      title: "Rome",
      source: { type: "text", media_type: "text/plain", data: "A city." },
    };
    const pairs: readonly (readonly [JsonObject, JsonObject, string])[] = [
      [
        ran("web_search"),
        found("web_search", [{ title: "Rome", url: "https://e.x", encrypted_content: "AA" }]),
        "Rome\nhttps://e.x",
      ],
      [ran("web_fetch"), found("web_fetch", { url: "https://e.x", content: page }), "https://e.x\nRome\nA city."],
      [ran("bash_code_execution"), found("bash_code_execution", { stdout: "out", stderr: "", return_code: 0 }), "out"],
      [ran("code_execution"), found("code_execution", { stdout: "3", return_code: 0 }), "3"],
      [ran("echo", "mcp_tool_use"), found("mcp", [text("said")]), "said"],
    ];
    for (const [ranCall, block, words] of pairs) {
      const body = (...content: JsonObject[]) => ({ messages: [user, { role: "assistant", content }, user] });
      expectFit(
        body(thought("1"), ranCall, block, thought("2"), text("so")),
        body(thought("1"), text(words), thought("2"), text("so")),
        rule,
      );
      const mark = { cache_control: { type: "ephemeral" } };
      expectFit(body({ ...block, ...mark }), body({ ...text(words), ...mark }), rule);
    }
    const failed = [
      ran("web_search"),
      found("web_search", { type: "web_search_tool_result_error", error_code: "unavailable" }),
    ];
    const say = (...content: JsonObject[]) => ({ messages: [user, { role: "assistant", content }, user] });
    expectFit(say(...failed, text("Sorry.")), say(text("Sorry.")), rule);
    expectFit(say(...failed, thought("1"), text("Sorry.")), say(text("(empty)"), thought("1"), text("Sorry.")), rule);
    const search = [ran("tool_search_tool_regex"), found("tool_search", { tool_references: [] })];
    expect(fitted(say(...search, text("x"))).applied).toEqual([]);
  });

  it("cache-marks-stand-on-blocks: the mark at the top goes to the last block that can hold one", () => {
    const rule = "cache-marks-stand-on-blocks";
    const cache_control = { type: "ephemeral", ttl: "1h" };
    const marked = (words: string) => ({ ...text(words), cache_control });
    expectFit({ cache_control, messages: [user] }, { messages: [{ role: "user", content: [marked("x")] }] }, rule);
    const calls = { role: "assistant", content: [call("t")] };
    expectFit(
      { cache_control, messages: [user, calls, { role: "user", content: [result("t")] }] },
      { messages: [user, calls, { role: "user", content: [{ ...result("t"), cache_control }] }] },
      rule,
    );
    const thoughts = { role: "assistant", content: [thought("1")] };
    expect(fitted({ cache_control, messages: [user, thoughts] }).body.messages).toEqual([
      { role: "user", content: [marked("x")] },
      thoughts,
    ]);
    const own = { ...text("x"), cache_control: { type: "ephemeral" } };
    expectFit(
      { cache_control, messages: [{ role: "user", content: [own] }] },
      { messages: [{ role: "user", content: [own] }] },
      rule,
    );
    const four = { role: "user", content: [own, own, own, own, text("last")] };
    const [turn] = fitted({ cache_control, messages: [four] }).body.messages as { content: JsonObject[] }[];
    expect(turn?.content.map((block) => block.cache_control)).toEqual([
      undefined,
      ...[2, 3, 4].map(() => own.cache_control),
      cache_control,
    ]);
  });

  it("content-is-not-empty: an empty turn of the user says so, one of the assistant goes", () => {
    const rule = "content-is-not-empty";
    expectFit(
      { messages: [{ role: "user", content: [] }] },
      { messages: [{ role: "user", content: "(empty)" }] },
      rule,
    );
    expectFit(
      { messages: [{ role: "user", content: "" }] },
      { messages: [{ role: "user", content: "(empty)" }] },
      rule,
    );
    expectFit({ messages: [user, { role: "assistant", content: [] }, user] }, { messages: [user, user] }, rule);
  });

  it("base64-documents-are-pdf: text is a text source, an image an image, anything else is refused in words", () => {
    const rule = "base64-documents-are-pdf";
    const file = (mediaType: string, bytes: string | Buffer, title = "notes") => ({
      type: "document",
      title,
      source: { type: "base64", media_type: mediaType, data: Buffer.from(bytes).toString("base64") },
    });
    const say = (block: JsonObject) => ({ messages: [{ role: "user", content: [block] }] });
    const plain = (data: string) => ({
      type: "document",
      title: "notes",
      source: { type: "text", media_type: "text/plain", data },
    });
    expectFit(say(file("text/csv; charset=utf-8", "a,b\nß")), say(plain("a,b\nß")), rule);
    expectFit(say(file("application/json", "{}")), say(plain("{}")), rule);
    expectFit(say(file("text/plain", "  ")), say(plain("(empty)")), rule);
    const png = { type: "base64", media_type: "image/png", data: Buffer.from("p").toString("base64") };
    expectFit(say(file("image/png", "p")), say({ type: "image", source: png }), rule);
    const inResult = { ...result("t"), content: [file("text/plain", "hi")] };
    const calls = { role: "assistant", content: [call("t")] };
    expect(fitted({ messages: [user, calls, { role: "user", content: [inResult] }] }).applied).toEqual([rule]);
    expect(fitted(say(file("application/pdf", "%PDF"))).applied).toEqual([]);
    expect(() => fitted(say(file("application/zip", Buffer.from([0x50, 0xff, 0xfe]))))).toThrowError(
      expect.objectContaining({ code: "invalid_request", message: expect.stringContaining("application/zip") }),
    );
  });
});

describe("turns on Messages", () => {
  it("call-ids-are-unique: a repeated id gets a number, and its result with it", () => {
    const turn = (id: string) => [
      { role: "assistant", content: [call(id)] },
      { role: "user", content: [result(id)] },
    ];
    const body = { messages: [user, ...turn("call_0"), ...turn("call_0"), ...turn("call_0_2"), ...turn("a:b.c")] };
    const { body: sent, applied } = fitted(body);
    const blocks = (sent.messages as { content: JsonObject[] }[]).slice(1).map(({ content }) => content[0]);
    const ids = blocks.map((block) => block?.id ?? block?.tool_use_id);
    expect(applied).toEqual(["call-ids-are-unique"]);
    expect(ids.slice(0, 6)).toEqual(["call_0", "call_0", "call_0_2", "call_0_2", "call_0_2_2", "call_0_2_2"]);
    expect(ids[6]).toMatch(/^a_b_c_[\da-f]+$/);
    expect(ids[7]).toBe(ids[6]);
    expect(fitted({ messages: [user, ...turn("t1"), ...turn("t2")] }).applied).toEqual([]);
  });

  it("call-ids-are-unique: two calls of one id in one turn keep their results apart", () => {
    const first = { ...result("c"), content: "1" };
    const second = { ...result("c"), content: "2" };
    const body = {
      messages: [
        user,
        { role: "assistant", content: [call("c"), call("c")] },
        { role: "user", content: [first, second] },
      ],
    };
    expect(fitted(body).body.messages).toEqual([
      user,
      { role: "assistant", content: [call("c"), call("c_2")] },
      { role: "user", content: [first, { ...second, tool_use_id: "c_2" }] },
    ]);
  });

  it("the-user-begins", () => {
    const answer = { role: "assistant", content: "Hello!" };
    expectFit(
      { messages: [answer, user] },
      { messages: [{ role: "user", content: "(empty)" }, answer, user] },
      "the-user-begins",
    );
  });

  it("no-white-space-at-the-end: of an answer to go on with", () => {
    const rule = "no-white-space-at-the-end";
    const end = (content: JsonObject[string]) => ({ messages: [user, { role: "assistant", content }] });
    expectFit(end("The answer is \n"), end("The answer is"), rule);
    expectFit(end([text("a "), text("b ")]), end([text("a "), text("b")]), rule);
    expect(fitted({ messages: [user, { role: "assistant", content: "a " }, user] }).applied).toEqual([]);
  });
});

describe("tools and schemas on Messages", () => {
  it("server-tools-refused: whatever the client does not run, and a choice that names it", () => {
    const rule = "server-tools-refused";
    const own = { name: "f", input_schema: { type: "object" } };
    const kept = [
      own,
      { ...own, name: "g", type: "custom" },
      { type: "bash_20250124", name: "bash" },
      { type: "text_editor_20250728", name: "str_replace_based_edit_tool" },
      { type: "memory_20250818", name: "memory" },
      { type: "computer_20251124", name: "computer" },
      { type: "tool_search_tool_bm25_20251119", name: "tool_search_tool_bm25" },
    ];
    const refused = [
      { type: "web_search_20260209", name: "web_search" },
      { type: "mcp_toolset", mcp_server_name: "m" },
      { type: "advisor_20260301", name: "advisor" },
      { type: "not_yet_thought_of", name: "n" },
    ];
    expectFit({ tools: [...kept, ...refused] }, { tools: kept }, rule);
    for (const type of ["auto", "any", "none"]) {
      expectFit({ tools: [own, ...refused], tool_choice: { type } }, { tools: [own], tool_choice: { type } }, rule);
    }
    for (const name of ["advisor", "m_tool"]) {
      expectFit({ tools: [own, ...refused], tool_choice: { type: "tool", name } }, { tools: [own] }, rule);
    }
    expectFit({ tools: refused, tool_choice: { type: "any" } }, {}, rule);
    expect(fitted({ tools: kept, tool_choice: { type: "tool", name: "bash" } }).applied).toEqual([]);
    // Not Anthropic's word: the service says so, rather than that the tool is lost unheard.
    expect(fitted({ tools: [{ type: "function", function: { name: "f" } }] }).applied).toEqual([]);
  });

  it("input-schemas-are-objects, descriptions-are-not-empty, choice-needs-tools", () => {
    const tool = (schema: JsonObject, more: JsonObject = {}) => ({
      tools: [{ name: "f", ...more, input_schema: schema }],
    });
    expectFit(tool({}), tool({ type: "object" }), "input-schemas-are-objects");
    expectFit(tool({ type: ["object", "null"] }), tool({ type: "object" }), "input-schemas-are-objects");
    expectFit(tool({ type: "object" }, { description: "" }), tool({ type: "object" }), "descriptions-are-not-empty");
    expectFit({ tool_choice: { type: "auto" } }, {}, "choice-needs-tools");
  });

  it("output-objects-are-closed, output-has-no-bounds: what a schema may not say its description does", () => {
    const schema = {
      type: "object",
      properties: {
        age: { type: "integer", minimum: 0, maximum: 150, description: "Years." },
        tags: { type: "array", minItems: 1, items: { type: "object", properties: { minimum: { type: "string" } } } },
      },
      $defs: { a: { anyOf: [{ type: ["object", "null"] }] } },
    };
    const closed = {
      type: "object",
      properties: {
        age: { type: "integer", description: "Years. (minimum 0, maximum 150)" },
        tags: {
          type: "array",
          items: { type: "object", properties: { minimum: { type: "string" } }, additionalProperties: false },
          description: "(minItems 1)",
        },
      },
      $defs: { a: { anyOf: [{ type: ["object", "null"], additionalProperties: false }] } },
      additionalProperties: false,
    };
    const ask = (asked: JsonObject) => ({ output_config: { format: { type: "json_schema", schema: asked } } });
    const { body, applied } = fitted(ask(schema));
    expect(body).toEqual(ask(closed));
    expect([...applied].sort()).toEqual(["output-has-no-bounds", "output-objects-are-closed"]);
    expect(fitted(ask(closed)).applied).toEqual([]);
    const format = { output_format: { type: "json_schema", schema } };
    expect(fitted(format).body).toEqual({ output_format: { type: "json_schema", schema: closed } });
  });

  it("output-limit-of-the-service", () => {
    expectFit({ max_tokens: 200_000 }, { max_tokens: 128_000 }, "output-limit-of-the-service");
  });
});
