import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { addNode, emptyTree, pathOf } from "./conversation-tree";
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
