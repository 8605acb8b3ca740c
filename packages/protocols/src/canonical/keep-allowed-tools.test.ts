import { expect, test } from "vitest";
import { keepAllowedTools } from "./keep-allowed-tools.js";
import type { CanonicalTool } from "./request.js";

const own = (name: string): CanonicalTool => ({
  type: "function",
  name,
  namespace: null,
  description: null,
  parameters: {},
  strict: null,
  cache: null,
});
const server = (name: string): CanonicalTool => ({ type: "server", wire: "openai-responses", name, definition: {} });
const offer = { tools: [own("f"), own("g"), server("mcp")], toolChoice: { type: "required" } } as const;

test("only the allowed are offered", () => {
  const kept = keepAllowedTools(offer, [
    { type: "function", name: "g" },
    { type: "mcp", server_label: "m", name: "x" },
  ]);
  expect(kept).toEqual({ tools: [own("g"), server("mcp")], toolChoice: { type: "required" } });
  expect(keepAllowedTools(offer, undefined)).toEqual(offer);
  expect(keepAllowedTools(offer, []).tools).toEqual([]);
});

test("a choice among server tools only goes with them, and the others stay", () => {
  expect(keepAllowedTools(offer, [{ type: "mcp", server_label: "m", name: "x" }])).toEqual({
    tools: offer.tools,
    toolChoice: null,
  });
});
