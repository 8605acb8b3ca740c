import { describe, expect, it } from "vitest";
import { defaultQuirks, type Quirks } from "../quirks.js";
import { type ErrorShape, type RuleError, renderRuleError } from "./rule-error.js";

const message = "{path}: not {what}";
const finding = { path: "system.0", what: "good" };
const render = (shape: ErrorShape, messagesBackend: Quirks["messagesBackend"] = "bedrock") => {
  const { body } = renderRuleError({ status: 400, shape, message }, finding, { ...defaultQuirks, messagesBackend });
  return body.startsWith("{") ? JSON.parse(body) : body;
};
const text = "system.0: not good";
const service = { error: { message: text, code: "invalid_request_body" } };
const anthropic = {
  type: "error",
  error: { type: "invalid_request_error", message: text },
  request_id: expect.any(String),
};

describe("a rule's refusal", () => {
  it("has one of the shapes that the service mixes", () => {
    expect(render("service")).toEqual(service);
    expect(render("anthropic")).toEqual(anthropic);
    expect(render("bedrock")).toEqual({ message: text });
    expect(render("github")).toMatchObject({ message: text, documentation_url: expect.any(String) });
    expect(render("text")).toBe(`${text}\n`);
  });

  it("takes the shape of the back-end that answers", () => {
    expect(render("backend", "bedrock")).toEqual({ message: text });
    expect(render("backend", "anthropic")).toEqual(anthropic);
    expect(render("backend", "vertex")).toEqual(service);
  });

  it("names what was found in message, code and headers", () => {
    const error: RuleError = {
      status: 402,
      shape: "service",
      message,
      code: "{what}_code",
      headers: { "retry-after": "{path}" },
    };
    const refusal = renderRuleError(error, finding);
    expect(refusal).toMatchObject({ status: 402, headers: { "retry-after": "system.0" } });
    expect(JSON.parse(refusal.body)).toEqual({ error: { message: text, code: "good_code" } });
  });
});
