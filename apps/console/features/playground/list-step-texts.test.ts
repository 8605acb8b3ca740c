import { expect, it } from "vitest";
import { createAnswer } from "#lib/chat/answer";
import type { Exchange } from "#lib/chat/send-request";
import type { PlayNode } from "./conversation-tree";
import { listStepTexts } from "./list-step-texts";

const exchange: Exchange = {
  status: 200,
  requestId: null,
  retryAfter: null,
  answer: {
    ...createAnswer(),
    text: "I *look*.",
    reasoning: "I have to look.",
    toolCalls: [{ id: "c1", name: "read_file", arguments: '{"path":"a.txt"}' }],
  },
  firstTokenMs: null,
  durationMs: null,
  isStopped: false,
  events: [],
};
const answered: PlayNode = {
  id: "n2",
  parentId: "n1",
  kind: "answer",
  answer: { model: "gpt-5-mini", protocol: "chat", body: {}, exchange },
};
const tool: PlayNode = {
  id: "n3",
  parentId: "n2",
  kind: "tool",
  results: [{ callId: "c1", text: "A hippo", isError: false }],
};
const readMarkdown = (_node: PlayNode, text: string) => [`md ${text}`];
const read = (node: PlayNode, next?: PlayNode) =>
  listStepTexts(node, { next, readMarkdown }).filter((text) => text !== "");

it("reads an answer in the order in which it stands, with what its calls were given", () => {
  expect(read(answered, tool)).toEqual([
    "I have to look.",
    "md I *look*.",
    "read_file",
    '{\n  "path": "a.txt"\n}',
    "A hippo",
  ]);
});

it("reads what was said, and results with their calls only", () => {
  expect(read({ id: "n1", parentId: null, kind: "user", parts: [{ kind: "text", text: "What is **it**?" }] })).toEqual([
    "What is **it**?",
  ]);
  expect(read(tool)).toEqual([]);
});
