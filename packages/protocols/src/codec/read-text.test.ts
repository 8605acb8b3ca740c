import { expect, test } from "vitest";
import { readText } from "./read-text.js";

test.each([
  [
    "a fetched page",
    {
      type: "web_fetch_result",
      url: "https://e.x/",
      content: { type: "document", title: "T", source: { type: "text", media_type: "text/plain", data: "The page." } },
    },
    "https://e.x/\nT\nThe page.",
  ],
  [
    "a document in parts",
    { type: "document", source: { type: "content", content: [{ type: "text", text: "One." }] } },
    "One.",
  ],
  [
    "found files",
    { type: "file_search_call", queries: ["q"], results: [{ filename: "a.pdf", text: "Found.", score: 0.5 }] },
    "a.pdf\nFound.",
  ],
  [
    "code and what it printed",
    { type: "code_interpreter_call", code: "print(1)", outputs: [{ type: "logs", logs: "1" }] },
    "print(1)\n1",
  ],
  ["a failed call of an MCP server", { type: "mcp_call", name: "f", error: "no such tool" }, "no such tool"],
  ["lines of a changed file", { type: "text_editor_code_execution_str_replace_result", lines: ["-a", "+b"] }, "-a\n+b"],
  [
    "bytes of a document",
    { title: "T", source: { type: "base64", media_type: "application/pdf", data: "JVBERi" } },
    "T",
  ],
  ["bytes in a URL", { type: "image", url: "data:image/png;base64,AAAA" }, ""],
  ["bytes of nobody knows what", { type: "blob", data: "AAAA" }, ""],
])("the words of %s", (_name, value, words) => {
  expect(readText(value)).toBe(words);
});
