import { useCallback, useEffect, useRef, useState } from "react";
import type { ChatParameters, ChatProtocol, ToolDefinition, ToolResult, UserPart } from "#lib/chat/conversation";
import { encodeBody } from "#lib/chat/encode-body";
import { type Credential, type Exchange, sendRequest } from "#lib/chat/send-request";
import {
  addNode,
  type ConversationTree,
  chooseVersion,
  emptyTree,
  type PlayNode,
  pathOf,
  pathTo,
  removeFrom,
  turnsOf,
} from "./conversation-tree";
import { keepAnswer, lendAnswer } from "./keep-answer";

/** What holds for every request that is sent from now on. */
export interface PlaySettings {
  protocol: ChatProtocol;
  system: string;
  tools: readonly ToolDefinition[];
  parameters: ChatParameters;
  credential: Credential;
}

/** One model's side of the playground. */
export interface Column {
  tree: ConversationTree;
  isRunning: boolean;
}

export interface Playground {
  columns: readonly Column[];
  /** Says something to every model. */
  send: (parts: readonly UserPart[]) => void;
  /** Says something else in place of a message, to one model. */
  edit: (column: number, node: PlayNode, parts: readonly UserPart[]) => void;
  /** Asks again for an answer; the one before stays as a version. */
  regenerate: (column: number, node: PlayNode, model?: string) => void;
  answerTools: (column: number, results: readonly ToolResult[]) => void;
  /** Makes an answer of one model that of every model to the same message. */
  keepInAll: (column: number, node: AnswerNode) => void;
  choose: (column: number, node: PlayNode) => void;
  remove: (column: number, id: string) => void;
  stop: () => void;
  clear: () => void;
  load: (trees: readonly ConversationTree[]) => void;
}

export type AnswerNode = Extract<PlayNode, { kind: "answer" }>;

type NewStep = { kind: "user"; parts: readonly UserPart[] } | { kind: "tool"; results: readonly ToolResult[] };

const emptyColumn: Column = { tree: emptyTree, isRunning: false };

/** The conversations of the playground, one a model. They live in this tab and nowhere else. */
export function usePlayground(models: readonly string[], settings: PlaySettings): Playground {
  const [columns, setColumns] = useState<readonly Column[]>(() => models.map(() => emptyColumn));
  const latest = useRef({ columns, models, settings });
  const running = useRef(new Map<number, AbortController>());
  const nextId = useRef(1);
  useEffect(() => {
    latest.current = { columns, models, settings };
  });
  // A model more begins with nothing said; one less takes its side away.
  if (columns.length !== models.length) setColumns(models.map((_model, index) => columns[index] ?? emptyColumn));
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const controller of all.values()) controller.abort();
    };
  }, []);

  const change = useCallback((index: number, map: (column: Column) => Column) => {
    setColumns((all) => all.map((column, at) => (at === index ? map(column) : column)));
  }, []);

  const ask = useCallback(
    async (index: number, tree: ConversationTree, parentId: string | null, model: string) => {
      const { settings: now } = latest.current;
      const path = pathTo(tree, parentId);
      const { system, tools, parameters, protocol, credential } = now;
      const body = encodeBody(protocol, { model, system, tools, parameters, turns: turnsOf(path) });
      const id = `n${nextId.current++}`;
      const controller = new AbortController();
      running.current.get(index)?.abort();
      running.current.set(index, controller);
      let frame: number | null = null;
      const show = (exchange: Exchange) => {
        const node: PlayNode = {
          id,
          parentId,
          kind: "answer",
          answer: { model, protocol, body, exchange: { ...exchange, answer: { ...exchange.answer } } },
        };
        change(index, (column) => {
          const nodes = column.tree.nodes.map((one) => (one.id === id ? node : one));
          const isNew = !column.tree.nodes.some((one) => one.id === id);
          return { ...column, tree: isNew ? addNode(column.tree, node) : { ...column.tree, nodes } };
        });
      };
      setColumns((all) => all.map((column, at) => (at === index ? { tree, isRunning: true } : column)));
      const done = await sendRequest({
        protocol,
        body,
        credential,
        signal: controller.signal,
        // However fast the pieces come, the page is drawn once a frame.
        onProgress: (exchange) => {
          frame ??= requestAnimationFrame(() => {
            frame = null;
            show(exchange);
          });
        },
      });
      if (frame !== null) cancelAnimationFrame(frame);
      show(done);
      if (running.current.get(index) === controller) {
        running.current.delete(index);
        change(index, (column) => ({ ...column, isRunning: false }));
      }
    },
    [change],
  );

  /** Adds what was said, and asks for the answer to it. */
  const say = (index: number, parentId: string | null | undefined, step: NewStep) => {
    const { columns: all, models: ids } = latest.current;
    const { tree } = all[index] ?? emptyColumn;
    const model = ids[index];
    const node: PlayNode = {
      id: `n${nextId.current++}`,
      parentId: parentId === undefined ? (pathOf(tree).at(-1)?.id ?? null) : parentId,
      ...step,
    };
    if (model !== undefined) void ask(index, addNode(tree, node), node.id, model);
  };
  return {
    columns,
    send: (parts) => {
      for (const index of models.keys()) say(index, undefined, { kind: "user", parts });
    },
    edit: (index, node, parts) => say(index, node.parentId, { kind: "user", parts }),
    answerTools: (index, results) => say(index, undefined, { kind: "tool", results }),
    regenerate: (index, node, model = models[index]) => {
      const { tree } = latest.current.columns[index] ?? emptyColumn;
      if (model !== undefined) void ask(index, tree, node.parentId, model);
    },
    keepInAll: (index, node) => {
      const path = pathOf(columns[index]?.tree ?? emptyTree);
      setColumns(
        columns.map((column, at) => {
          if (at === index) return column;
          const kept = { path, node, answer: lendAnswer(node.answer, models[at]) };
          return { ...column, tree: keepAnswer(column.tree, kept, `n${nextId.current++}`) };
        }),
      );
    },
    choose: (index, node) => change(index, (column) => ({ ...column, tree: chooseVersion(column.tree, node) })),
    remove: (index, id) => change(index, (column) => ({ ...column, tree: removeFrom(column.tree, id) })),
    stop: () => {
      for (const controller of running.current.values()) controller.abort();
    },
    clear: () => {
      for (const controller of running.current.values()) controller.abort();
      setColumns(models.map(() => emptyColumn));
    },
    load: (trees) => {
      // A saved conversation has steps with ids of this kind.
      nextId.current = Math.max(nextId.current, ...trees.map(nextIdOf));
      setColumns(models.map((_model, index) => ({ tree: trees[index] ?? emptyTree, isRunning: false })));
    },
  };
}

/** The first number that no step of a conversation has. */
function nextIdOf({ nodes }: ConversationTree): number {
  return 1 + Math.max(0, ...nodes.map(({ id }) => Number(/^n(\d+)$/u.exec(id)?.[1] ?? 0)));
}
