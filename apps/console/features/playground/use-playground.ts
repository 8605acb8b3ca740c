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
  /** Takes a model's side away, and with it what is still coming in there; the page takes the model out of its own list. */
  drop: (column: number) => void;
  stop: () => void;
  clear: () => void;
  /** Puts conversations, one a model, in the place of all that is there; the page chooses the models in the same event. */
  load: (trees: readonly ConversationTree[]) => void;
}

export type AnswerNode = Extract<PlayNode, { kind: "answer" }>;

type NewStep = { kind: "user"; parts: readonly UserPart[] } | { kind: "tool"; results: readonly ToolResult[] };

/** A request that is under way. */
interface Run {
  /** Where its answer is shown. */
  index: number;
  controller: AbortController;
  /** Whether the conversation that it belongs to is gone: nothing of it is to be shown then, not even that it was stopped. */
  isForgotten: boolean;
}

const emptyColumn: Column = { tree: emptyTree, isRunning: false };

/** The conversations of the playground, one a model. They live in this tab and nowhere else. */
export function usePlayground(models: readonly string[], settings: PlaySettings): Playground {
  const [columns, setColumns] = useState<readonly Column[]>(() => models.map(() => emptyColumn));
  const latest = useRef({ columns, models, settings });
  const runs = useRef(new Set<Run>());
  const nextId = useRef(1);
  useEffect(() => {
    latest.current = { columns, models, settings };
  });
  // A model more begins with nothing said; one less takes its side away.
  if (columns.length !== models.length) setColumns(models.map((_model, index) => columns[index] ?? emptyColumn));
  useEffect(() => {
    const all = runs.current;
    return () => {
      for (const { controller } of all) controller.abort();
    };
  }, []);

  const forget = useCallback((isGone: (run: Run) => boolean) => {
    for (const run of [...runs.current].filter(isGone)) {
      run.isForgotten = true;
      runs.current.delete(run);
      run.controller.abort();
    }
  }, []);

  // What still comes in for a side that is gone must not turn up in one that is added later.
  useEffect(() => forget(({ index }) => index >= models.length), [forget, models.length]);

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
      for (const before of runs.current) if (before.index === index) before.controller.abort();
      const run: Run = { index, controller: new AbortController(), isForgotten: false };
      runs.current.add(run);
      let frame: number | null = null;
      const show = (exchange: Exchange) => {
        if (run.isForgotten) return;
        const node: PlayNode = {
          id,
          parentId,
          kind: "answer",
          answer: { model, protocol, body, exchange: { ...exchange, answer: { ...exchange.answer } } },
        };
        change(run.index, (column) => {
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
        signal: run.controller.signal,
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
      runs.current.delete(run);
      const isLast = ![...runs.current].some((other) => other.index === run.index);
      if (!run.isForgotten && isLast) change(run.index, (column) => ({ ...column, isRunning: false }));
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
    drop: (index) => {
      forget((run) => run.index === index);
      for (const run of runs.current) if (run.index > index) run.index -= 1;
      setColumns((all) => all.filter((_column, at) => at !== index));
    },
    stop: () => {
      for (const { controller } of runs.current) controller.abort();
    },
    clear: () => {
      forget(() => true);
      setColumns(models.map(() => emptyColumn));
    },
    load: (trees) => {
      forget(() => true);
      // A saved conversation has steps with ids of this kind.
      nextId.current = Math.max(nextId.current, ...trees.map(nextIdOf));
      // One a conversation, not one a model: the models that are chosen with them are not known here yet.
      setColumns(trees.map((tree) => ({ tree, isRunning: false })));
    },
  };
}

/** The first number that no step of a conversation has. */
function nextIdOf({ nodes }: ConversationTree): number {
  return 1 + Math.max(0, ...nodes.map(({ id }) => Number(/^n(\d+)$/u.exec(id)?.[1] ?? 0)));
}
