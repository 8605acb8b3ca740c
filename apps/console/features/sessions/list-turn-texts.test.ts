import { expect, it } from "vitest";
import { collectTools } from "./collect-tools";
import { listTurnTexts } from "./list-turn-texts";
import { type ShownTurn, splitTurns } from "./split-turns";

const asking: ShownTurn = {
  request: { id: "a" },
  is_recorded: true,
  system: "Be brief.",
  tools: [{ name: "read_file", description: "Reads a file" }],
  messages: [{ role: "user", parts: [{ type: "text", text: "What is **in** it?" }] }],
  answer: [
    { type: "reasoning", text: "I have to look.", sealed_bytes: null },
    { type: "text", text: "I *look*." },
    { type: "tool_call", call_id: "c1", name: "read_file", input: '{"path":"a.txt"}' },
  ],
};
const told: ShownTurn = {
  request: { id: "b" },
  is_recorded: true,
  system: null,
  tools: null,
  messages: [
    {
      role: "tool",
      parts: [{ type: "tool_result", call_id: "c1", is_error: false, output: [{ type: "text", text: "A hippo" }] }],
    },
  ],
  answer: [
    { type: "image", url: "data:image/png;base64,AAAA", media_type: "image/png" },
    { type: "text", text: "A hippo." },
  ],
};

function read(turn: ShownTurn, isPlain: boolean) {
  const turns = [asking, told];
  const row = splitTurns(turns).find((one) => one.turn === turn);
  if (row === undefined) throw new Error("no such row");
  const options = { tools: collectTools(turns), isPlain, readMarkdown: ({ text }: { text: string }) => [`md ${text}`] };
  return listTurnTexts(row, options).filter((text) => text !== "");
}

it("reads a turn in the order in which it stands, a result beside its call", () => {
  expect(read(asking, false)).toEqual([
    "Be brief.",
    "read_file",
    "Reads a file",
    "What is **in** it?",
    "I have to look.",
    "md I *look*.",
    "read_file",
    '{\n  "path": "a.txt"\n}',
    "A hippo",
  ]);
});

it("reads a result once, and no bytes of a picture", () => {
  expect(read(told, false)).toEqual(["md A hippo."]);
});

it("reads answers as they are written where they are shown so", () => {
  expect(read(asking, true)).toContain("I *look*.");
});
