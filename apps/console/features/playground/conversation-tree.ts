import type { ChatProtocol, ChatTurn, FilePart, ToolResult, UserPart } from "#lib/chat/conversation";
import type { Exchange } from "#lib/chat/send-request";

/** What was asked and what came of it. */
export interface PlayedAnswer {
  model: string;
  protocol: ChatProtocol;
  body: Record<string, unknown>;
  exchange: Exchange;
}

/** One step of a conversation; steps after the same one are versions of each other. */
export type PlayNode = { id: string; parentId: string | null } & (
  | { kind: "user"; parts: readonly UserPart[] }
  | { kind: "answer"; answer: PlayedAnswer }
  | { kind: "tool"; results: readonly ToolResult[] }
);

/** A conversation with everything that was tried in it, and which version of each step is looked at. */
export interface ConversationTree {
  nodes: readonly PlayNode[];
  /** The chosen next step, by the step before (`""` for the first). */
  chosen: Readonly<Record<string, string>>;
}

export const emptyTree: ConversationTree = { nodes: [], chosen: {} };

const keyOf = (parentId: string | null) => parentId ?? "";

/** The versions of a step, in the order in which they were made. */
export function versionsOf({ nodes }: ConversationTree, parentId: string | null): readonly PlayNode[] {
  return nodes.filter((node) => node.parentId === parentId);
}

/** The steps that are looked at, first to last. */
export function pathOf(tree: ConversationTree): readonly PlayNode[] {
  const path: PlayNode[] = [];
  for (let parentId: string | null = null; ; ) {
    const versions: readonly PlayNode[] = versionsOf(tree, parentId);
    const next: PlayNode | undefined =
      versions.find(({ id }) => id === tree.chosen[keyOf(parentId)]) ?? versions.at(-1);
    if (next === undefined) return path;
    path.push(next);
    parentId = next.id;
  }
}

/** The steps that lead to one, itself included. */
export function pathTo({ nodes }: ConversationTree, id: string | null): readonly PlayNode[] {
  const path: PlayNode[] = [];
  for (let node = nodes.find((one) => one.id === id); node !== undefined; ) {
    path.unshift(node);
    const { parentId }: PlayNode = node;
    node = nodes.find((one) => one.id === parentId);
  }
  return path;
}

/** The tree with a step more, which is then the one that is looked at. */
export function addNode(tree: ConversationTree, node: PlayNode): ConversationTree {
  return { nodes: [...tree.nodes, node], chosen: { ...tree.chosen, [keyOf(node.parentId)]: node.id } };
}

export function chooseVersion(tree: ConversationTree, node: PlayNode): ConversationTree {
  return { ...tree, chosen: { ...tree.chosen, [keyOf(node.parentId)]: node.id } };
}

/** The tree without a step and everything after it. */
export function removeFrom(tree: ConversationTree, id: string): ConversationTree {
  const gone = new Set([id]);
  for (const node of tree.nodes) if (node.parentId !== null && gone.has(node.parentId)) gone.add(node.id);
  return { ...tree, nodes: tree.nodes.filter((node) => !gone.has(node.id)) };
}

/** The steps before an answer as turns to send. An answer that failed or never came is not part of them. */
export function turnsOf(path: readonly PlayNode[]): readonly ChatTurn[] {
  return path.flatMap((node): ChatTurn[] => {
    if (node.kind === "user") return [{ role: "user", parts: node.parts }];
    if (node.kind === "tool") return [{ role: "tool", results: node.results }];
    const { answer, isStopped } = node.answer.exchange;
    const { text, toolCalls, native, error } = answer;
    if (error !== null && text === "" && toolCalls.length === 0) return [];
    // What was cut off is not whole in its own form.
    const isWhole = error === null && !isStopped && native.length > 0;
    const own = isWhole ? { protocol: node.answer.protocol, content: native } : null;
    return [{ role: "assistant", text, toolCalls, native: own }];
  });
}

/** The files of a message. */
export function filesOf(parts: readonly UserPart[]): readonly FilePart[] {
  return parts.filter((part): part is FilePart => part.kind !== "text");
}

/** The words of a message. */
export function wordsOf(parts: readonly UserPart[]): string {
  return parts.flatMap((part) => (part.kind === "text" ? [part.text] : [])).join("\n");
}
