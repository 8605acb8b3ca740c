import { screen } from "@testing-library/react";
import { useState } from "react";
import { expect, it } from "vitest";
import { stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { type ConversationTree, emptyTree, pathOf, wordsOf } from "./conversation-tree";
import { useLoadedRequest } from "./use-loaded-request";

function Opened({ from }: { from: string }) {
  const [tree, setTree] = useState<ConversationTree>(emptyTree);
  useLoadedRequest(
    from,
    ([first]) => setTree(first ?? emptyTree),
    () => undefined,
  );
  const steps = pathOf(tree).map((node) => {
    if (node.kind === "user") return wordsOf(node.parts);
    if (node.kind === "tool") return "results";
    const { text, toolCalls } = node.answer.exchange.answer;
    return `${text}${toolCalls.map(({ name }) => ` [${name}]`).join("")}`;
  });
  return <p>{steps.join(" / ")}</p>;
}

it("opens a recorded conversation with what was answered last", async () => {
  const turn = (id: string, answer: unknown) => ({ request: createRequestFacts({ id }), answer });
  stubGateway({
    "GET /api/sessions/s1/turns?limit=100": () => ({ turns: [turn("r1", [])], next_cursor: "c" }),
    "GET /api/sessions/s1/turns?limit=100&cursor=c": () => ({
      turns: [
        turn("r2", [
          { type: "reasoning", text: "hm", sealed_bytes: null },
          { type: "text", text: "Fine" },
          { type: "tool_call", call_id: "1", name: "read", input: "{}" },
        ]),
      ],
      next_cursor: null,
    }),
    "GET /api/requests/r2": () => ({ protocol: "openai-chat" }),
    "GET /api/requests/r2/request": () => ({ model: "m", messages: [{ role: "user", content: "How?" }] }),
  });
  renderInConsole(<Opened from="session:s1" />);
  expect(await screen.findByText("How? / Fine [read]")).toBeDefined();
});
