import { addNode, type ConversationTree, type PlayedAnswer, type PlayNode, pathOf, wordsOf } from "./conversation-tree";

/** An answer that is to be kept, and the conversation in which it came. */
export interface KeptAnswer {
  path: readonly PlayNode[];
  node: PlayNode;
  /** As it is to stand in the other conversation. */
  answer: PlayedAnswer;
}

/**
 * Another conversation's answer as this one's own to the same message, or else to the one as far from the end: what
 * was said before may differ. The answer before stays as a version. Nothing changes where as much was not said, or
 * where it stands already.
 */
export function keepAnswer(tree: ConversationTree, { path, node, answer }: KeptAnswer, id: string): ConversationTree {
  const turns = splitTurns(pathOf(tree));
  const others = splitTurns(path);
  const index = others.findIndex((turn) => turn.includes(node));
  const isSameTurn = (turn: readonly PlayNode[]) => isSamePrompt(turn[0], others[index]?.[0]);
  const atSamePlace = turns.at(index - others.length) ?? [];
  const steps = isSameTurn(atSamePlace) ? atSamePlace : (turns.findLast(isSameTurn) ?? atSamePlace);
  const last = steps.at(-1);
  if (index === -1 || last === undefined) return tree;
  const before = steps.findLast((step) => step.kind === "answer");
  if (before?.kind === "answer" && isSame(before.answer, answer)) return tree;
  return addNode(tree, { id, parentId: before?.parentId ?? last.id, kind: "answer", answer });
}

/** The steps of a conversation, each message of the user with what came of it. */
function splitTurns(path: readonly PlayNode[]): readonly (readonly PlayNode[])[] {
  const starts = [...path.keys()].filter((index) => path[index]?.kind === "user");
  return starts.map((start, at) => path.slice(start, starts[at + 1]));
}

function isSamePrompt(one: PlayNode | undefined, other: PlayNode | undefined): boolean {
  return one?.kind === "user" && other?.kind === "user" && wordsOf(one.parts) === wordsOf(other.parts);
}

/** An answer for another model's conversation: what it took was not spent there, and its sealed parts fit no other. */
export function lendAnswer(played: PlayedAnswer, model: string | undefined): PlayedAnswer {
  const { exchange } = played;
  const native = model === played.model ? exchange.answer.native : [];
  return {
    ...played,
    exchange: {
      ...exchange,
      requestId: null,
      firstTokenMs: null,
      durationMs: null,
      answer: { ...exchange.answer, usage: null, native },
    },
  };
}

function isSame(one: PlayedAnswer, other: PlayedAnswer): boolean {
  const [{ text, toolCalls }, { text: otherText, toolCalls: otherCalls }] = [
    one.exchange.answer,
    other.exchange.answer,
  ];
  return one.model === other.model && text === otherText && toolCalls.length === otherCalls.length;
}
