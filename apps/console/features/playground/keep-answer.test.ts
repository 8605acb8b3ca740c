import { expect, it } from "vitest";
import { createAnswer } from "#lib/chat/answer";
import {
  addNode,
  type ConversationTree,
  emptyTree,
  type PlayedAnswer,
  type PlayNode,
  pathOf,
  wordsOf,
} from "./conversation-tree";
import { keepAnswer, lendAnswer } from "./keep-answer";

function played(model: string, text: string): PlayedAnswer {
  return {
    model,
    protocol: "messages",
    body: {},
    exchange: {
      status: 200,
      requestId: `req-${text}`,
      retryAfter: null,
      answer: {
        ...createAnswer(),
        text,
        usage: { input: 1, cached: 0, output: 1, reasoning: 0 },
        native: [{ type: "thinking", signature: "sealed" }],
      },
      firstTokenMs: 1,
      durationMs: 2,
      isStopped: false,
      events: [],
    },
  };
}

/** What was said by turns: `U1` the user, `T` a tool, else an answer with that text. */
function createTree(model: string, steps: readonly string[]): ConversationTree {
  return steps.reduce((tree, step, index) => {
    const place = { id: `n${index}`, parentId: index === 0 ? null : `n${index - 1}` };
    const node: PlayNode = step.startsWith("U")
      ? { ...place, kind: "user", parts: [{ kind: "text", text: step }] }
      : step === "T"
        ? { ...place, kind: "tool", results: [] }
        : { ...place, kind: "answer", answer: played(model, step) };
    return addNode(tree, node);
  }, emptyTree);
}

const textsOf = (tree: ConversationTree) =>
  pathOf(tree).map((node) => {
    if (node.kind === "tool") return "T";
    return node.kind === "user" ? wordsOf(node.parts) : node.answer.exchange.answer.text;
  });

/** Keeps an answer of a conversation in a tree. */
function keepFrom(steps: readonly string[], text: string, tree: ConversationTree): ConversationTree {
  const path = pathOf(createTree("a", steps));
  const node = path.find((one) => one.kind === "answer" && one.answer.exchange.answer.text === text);
  if (node === undefined) throw new Error("there is no such answer");
  return keepAnswer(tree, { path, node, answer: played("a", text) }, "n9");
}

it("puts an answer in the place of the own one, which stays as a version", () => {
  const tree = createTree("b", ["U1", "b1", "U2", "b2"]);
  const kept = keepFrom(["U1", "a1", "U2", "a2"], "a2", tree);
  expect(textsOf(kept)).toEqual(["U1", "b1", "U2", "a2"]);
  expect(kept.nodes.map(({ id }) => id)).toContain("n3");
  expect(textsOf(keepFrom(["U1", "a1", "U2", "a2"], "a1", tree))).toEqual(["U1", "a1"]);
});

it("finds the same message, however much was said before it, with or without tools", () => {
  const longer = createTree("b", ["U1", "b1", "U2", "call", "T", "b2"]);
  expect(textsOf(keepFrom(["U2", "a2"], "a2", longer))).toEqual(["U1", "b1", "U2", "call", "T", "a2"]);
  const shorter = createTree("b", ["U2", "b2"]);
  expect(textsOf(keepFrom(["U1", "a1", "U2", "a2"], "a2", shorter))).toEqual(["U2", "a2"]);
});

it("takes the one at the same place where a message was said twice", () => {
  const tree = createTree("b", ["U0", "b0", "U", "b1", "U", "b2"]);
  expect(textsOf(keepFrom(["U", "a1", "U", "a2"], "a1", tree))).toEqual(["U0", "b0", "U", "a1"]);
});

it("takes the message as far from the end where one of them was changed", () => {
  const changed = createTree("b", ["U1", "b1", "U2 in other words", "b2"]);
  expect(textsOf(keepFrom(["U2", "a2"], "a2", changed))).toEqual(["U1", "b1", "U2 in other words", "a2"]);
});

it("answers a message that has no answer, and changes nothing where as much was not said or it stands already", () => {
  const waiting = createTree("b", ["U1", "b1", "U2"]);
  const kept = keepFrom(["U2", "a2"], "a2", waiting);
  expect(textsOf(kept)).toEqual(["U1", "b1", "U2", "a2"]);
  expect(keepFrom(["U2", "a2"], "a2", kept)).toBe(kept);
  expect(keepFrom(["U2", "a2"], "a2", emptyTree)).toBe(emptyTree);
});

it("lends an answer without what it took, and its sealed parts to the same model only", () => {
  const { exchange } = lendAnswer(played("a", "a1"), "b");
  expect(exchange).toMatchObject({ requestId: null, firstTokenMs: null, durationMs: null });
  expect(exchange.answer).toMatchObject({ text: "a1", usage: null, native: [] });
  expect(lendAnswer(played("a", "a1"), "a").exchange.answer.native).toHaveLength(1);
});
