import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { addCacheBreakpoints } from "./add-cache-breakpoints.js";

const cache_control = { type: "ephemeral" };
const text = (words: string, more: JsonObject = {}): JsonObject => ({ type: "text", text: words, ...more });
const user = (content: string | JsonObject[]): JsonObject => ({ role: "user", content });
const assistant = (content: string | JsonObject[]): JsonObject => ({ role: "assistant", content });
const result = (id: string): JsonObject => ({ type: "tool_result", tool_use_id: id, content: [text("17 degrees")] });

describe("addCacheBreakpoints", () => {
  it("marks the last tool, the last system block and the last block of the last two user turns", () => {
    const body = {
      tools: [{ name: "a" }, { name: "b" }],
      system: [text("one"), text("two")],
      messages: [
        user("first"),
        assistant("so"),
        user([text("second"), text("and more")]),
        assistant([{ type: "tool_use", id: "1", name: "a", input: {} }]),
        user([result("1"), result("2")]),
      ],
    };
    expect(addCacheBreakpoints(body)).toEqual({
      tools: [{ name: "a" }, { name: "b", cache_control }],
      system: [text("one"), text("two", { cache_control })],
      messages: [
        body.messages[0],
        body.messages[1],
        user([text("second"), text("and more", { cache_control })]),
        body.messages[3],
        user([result("1"), { ...result("2"), cache_control }]),
      ],
    });
  });

  it("makes a block of plain text for it", () => {
    expect(addCacheBreakpoints({ system: "be brief", messages: [user("hi")] })).toEqual({
      system: [text("be brief", { cache_control })],
      messages: [user([text("hi", { cache_control })])],
    });
  });

  it("takes neighbouring user messages for one turn", () => {
    const messages = [user("one"), assistant("so"), user("two"), user("three")];
    expect(addCacheBreakpoints({ messages })).toEqual({
      messages: [
        user([text("one", { cache_control })]),
        messages[1],
        messages[2],
        user([text("three", { cache_control })]),
      ],
    });
  });

  it("marks no result without content", () => {
    const empty = { type: "tool_result", tool_use_id: "2" };
    expect(addCacheBreakpoints({ messages: [user([result("1"), empty])] })).toEqual({
      messages: [user([{ ...result("1"), cache_control }, empty])],
    });
  });

  it("marks no empty text and no thinking", () => {
    const thinking = { type: "thinking", thinking: "hm", signature: "s" };
    const body = { system: " ", messages: [user([text("hi"), text(""), thinking]), assistant("so"), user("\n")] };
    expect(addCacheBreakpoints(body)).toEqual({
      ...body,
      messages: [user([text("hi", { cache_control }), text(""), thinking]), assistant("so"), user("\n")],
    });
  });

  it.each([
    { tools: [{ name: "a", cache_control }], messages: [user("hi")] },
    { system: [text("one", { cache_control })], messages: [user("hi")] },
    { messages: [user([text("hi", { cache_control: { type: "ephemeral", ttl: "1h" } })]), user("there")] },
  ])("leaves a body with a breakpoint of its own as it is", (body: JsonObject) => {
    expect(addCacheBreakpoints(body)).toBe(body);
  });
});
