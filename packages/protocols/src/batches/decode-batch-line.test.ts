import { describe, expect, it } from "vitest";
import { batchEndpointOf } from "./batch-endpoint.js";
import { decodeBatchLine } from "./decode-batch-line.js";

const chat = batchEndpointOf("openai-chat");

const body = { model: "gpt-5-mini", messages: [] };
const line = { custom_id: "a", method: "POST", url: "/v1/chat/completions", body };

function decode(value: unknown) {
  return decodeBatchLine(Buffer.from(typeof value === "string" ? value : JSON.stringify(value)), chat);
}

describe("a line of a batch's file", () => {
  it("tells whose it is, and where its request stands", () => {
    const text = `{"custom_id":"a", "method":"POST","url":"/v1/chat/completions","body": {"model":"m","seed":12345678901234567890}}`;
    const decoded = decode(text);
    expect(decoded).toMatchObject({ ok: true, line: { customId: "a", model: "m" } });
    if (!decoded.ok) return;
    const { offset, length } = decoded.line.body;
    expect(text.slice(offset, offset + length)).toBe('{"model":"m","seed":12345678901234567890}');
  });

  it.each([
    ["{", "invalid_json_line", null],
    ["[]", "invalid_json_line", null],
    [{ ...line, custom_id: undefined }, "missing_required_parameter", "custom_id"],
    [{ ...line, custom_id: 7 }, "invalid_value", "custom_id"],
    [{ ...line, custom_id: "a\u0000" }, "invalid_value", "custom_id"],
    [{ ...line, custom_id: "a\ud800" }, "invalid_value", "custom_id"],
    [{ ...line, custom_id: "a".repeat(513) }, "invalid_value", "custom_id"],
    [{ ...line, method: "GET" }, "invalid_method", "method"],
    [{ ...line, url: "/v1/responses" }, "invalid_url", "url"],
    [{ ...line, body: "text" }, "missing_required_parameter", "body"],
    [{ ...line, body: { messages: [] } }, "missing_required_parameter", "body.model"],
    [{ ...line, body: { ...body, stream: true } }, "invalid_value", "body.stream"],
  ])("is refused with what is wrong with it: %j", (value, code, param) => {
    expect(decode(value)).toMatchObject({ ok: false, problem: { code, param, message: expect.stringMatching(/\.$/) } });
  });
});
