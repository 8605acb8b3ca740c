import { expect, it } from "vitest";
import { isLongConversation, type ShownTurn, splitTurns } from "./split-turns";

function createTurn(id: string, messages: number, hasAnswer = true): ShownTurn {
  return {
    request: { id },
    is_recorded: true,
    system: null,
    tools: null,
    messages: Array.from({ length: messages }, (_, index) => ({
      role: "user" as const,
      parts: [{ type: "text" as const, text: `${id} ${index}` }],
    })),
    answer: hasAnswer ? [{ type: "text", text: "Yes" }] : null,
  };
}

it("counts messages and answers, not turns", () => {
  expect(isLongConversation([createTurn("a", 30), createTurn("b", 28)])).toBe(false);
  expect(isLongConversation([createTurn("a", 30), createTurn("b", 29)])).toBe(true);
  expect(isLongConversation([createTurn("a", 30), createTurn("b", 30, false)])).toBe(true);
  expect(isLongConversation(Array.from({ length: 30 }, (_, index) => createTurn(`${index}`, 1)))).toBe(false);
});

it("makes a row of each turn, and several of one that brings a whole conversation along", () => {
  const turns = [createTurn("a", 1), createTurn("b", 45), createTurn("c", 0)];
  const rows = splitTurns(turns);
  expect(rows.map(({ key, messages, isFirst, isLast }) => [key, messages.length, isFirst, isLast])).toEqual([
    ["a", 1, true, true],
    ["b", 20, true, false],
    ["b 1", 20, false, false],
    ["b 2", 5, false, true],
    ["c", 0, true, true],
  ]);
  expect(rows.slice(1, 4).flatMap(({ messages }) => messages)).toEqual(turns[1]?.messages);
});
