import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { addNode, type ConversationTree, emptyTree, pathOf } from "./conversation-tree";
import { type PlaySettings, usePlayground } from "./use-playground";

const settings: PlaySettings = {
  protocol: "chat",
  system: "",
  tools: [],
  parameters: {},
  credential: { kind: "session" },
};

it("goes on with a conversation that was kept in the browser, whose steps have ids of the same kind", async () => {
  stubGateway({ "POST /openai/v1/chat/completions": () => ({}) });
  const kept = ["n1", "n2", "n3"].reduce(
    (tree, id, index) =>
      addNode(tree, {
        id,
        parentId: index === 0 ? null : `n${index}`,
        kind: "user",
        parts: [{ kind: "text", text: id }],
      }),
    emptyTree,
  );
  const models = ["m"];
  const { result } = renderHook(() => usePlayground(models, settings));
  act(() => result.current.load([kept]));
  act(() => result.current.send([{ kind: "text", text: "more" }]));
  await waitFor(() => expect(result.current.columns[0]?.isRunning).toBe(false));
  const path = pathOf(result.current.columns[0]?.tree ?? emptyTree);
  expect(path.map(({ id }) => id)).toEqual(["n1", "n2", "n3", "n4", "n5"]);
  expect(path.at(-1)?.kind).toBe("answer");
});

/** A gateway whose streams go on until they are stopped. */
function stubStreams() {
  const encoder = new TextEncoder();
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  vi.stubGlobal("fetch", async (_path: string, { signal }: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        streams.push(controller);
        signal?.addEventListener("abort", () => controller.error(new DOMException("Aborted", "AbortError")));
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  return {
    count: () => streams.length,
    isOpen: (index: number) => streams[index]?.desiredSize !== null,
    say: (index: number, text: string) =>
      streams[index]?.enqueue(
        encoder.encode(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content: text } }] })}\n\n`),
      ),
  };
}

const shownOf = ({ tree }: { tree: ConversationTree } = { tree: emptyTree }) => pathOf(tree).map(({ id }) => id);
const say = (text: string) => [{ kind: "text" as const, text }];
/** Long enough for what is stopped to come to its end, and for a frame. */
const pause = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)));

async function ask(models: readonly string[]) {
  const gateway = stubStreams();
  const rendered = renderHook(({ ids }) => usePlayground(ids, settings), { initialProps: { ids: models } });
  act(() => rendered.result.current.send(say("hello")));
  await waitFor(() => expect(gateway.count()).toBe(models.length));
  for (const index of models.keys()) gateway.say(index, "Hi");
  await waitFor(() => expect(shownOf(rendered.result.current.columns[0])).toHaveLength(2));
  return { ...rendered, gateway };
}

it("shows nothing of an answer that was coming in when another conversation is opened, and stops it", async () => {
  const { result, gateway } = await ask(["m"]);
  const kept = addNode(emptyTree, { id: "n1", parentId: null, kind: "user", parts: say("kept") });
  act(() => result.current.load([kept]));
  if (gateway.isOpen(0)) gateway.say(0, "there");
  await pause();
  expect(gateway.isOpen(0)).toBe(false);
  expect(result.current.columns).toEqual([{ tree: kept, isRunning: false }]);
});

it("leaves nothing of an answer that was coming in when all is cleared", async () => {
  const { result } = await ask(["m"]);
  act(() => result.current.clear());
  await pause();
  expect(result.current.columns).toEqual([{ tree: emptyTree, isRunning: false }]);
  act(() => result.current.send(say("again")));
  expect(result.current.columns[0]?.isRunning).toBe(true);
});

it("keeps what came of an answer that is stopped", async () => {
  const { result } = await ask(["m"]);
  act(() => result.current.stop());
  await waitFor(() => expect(result.current.columns[0]?.isRunning).toBe(false));
  const answer = pathOf(result.current.columns[0]?.tree ?? emptyTree).at(-1);
  expect(answer?.kind === "answer" && answer.answer.exchange).toMatchObject({
    isStopped: true,
    answer: { text: "Hi" },
  });
});

it("goes on with the other models' answers when one is taken out", async () => {
  const { result, rerender } = await ask(["one", "two"]);
  const second = result.current.columns[1]?.tree.nodes[0]?.id;
  act(() => result.current.drop(0));
  rerender({ ids: ["two"] });
  await pause();
  expect(result.current.columns.map(({ isRunning }) => isRunning)).toEqual([true]);
  act(() => result.current.stop());
  await waitFor(() => expect(result.current.columns[0]?.isRunning).toBe(false));
  expect(shownOf(result.current.columns[0])[0]).toBe(second);
  expect(result.current.columns[0]?.tree.nodes).toHaveLength(2);
});

it("shows nothing of a side that is gone in one that is added", async () => {
  const { result, rerender, gateway } = await ask(["one", "two"]);
  rerender({ ids: ["one"] });
  rerender({ ids: ["one", "three"] });
  if (gateway.isOpen(1)) gateway.say(1, "there");
  await pause();
  expect([0, 1].map(gateway.isOpen)).toEqual([true, false]);
  expect(result.current.columns[1]).toEqual({ tree: emptyTree, isRunning: false });
});
