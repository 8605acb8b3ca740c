import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import { createAnswer } from "#lib/chat/answer";
import { stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ChatTotals } from "./chat-totals";
import { ComparedFigures } from "./compared-figures";
import { addNode, emptyTree, type PlayNode } from "./conversation-tree";

function createAnswerNode(requestId: string, parentId: string | null, firstTokenMs: number): PlayNode {
  return {
    id: requestId,
    parentId,
    kind: "answer",
    answer: {
      model: "m",
      protocol: "chat",
      body: {},
      exchange: {
        status: 200,
        requestId,
        retryAfter: null,
        answer: { ...createAnswer(), text: "Yes", usage: { input: 100, cached: 0, output: 50, reasoning: 0 } },
        firstTokenMs,
        durationMs: firstTokenMs + 1_000,
        isStopped: false,
        events: [],
      },
    },
  };
}

function stubRequests(): void {
  const cost = { premium_units: 0, nano_aiu: 1_250_000_000 };
  stubGateway({
    "GET /api/requests/r1": () => createRequestFacts({ id: "r1", ...cost }),
    "GET /api/requests/r2": () => createRequestFacts({ id: "r2", ...cost, nano_aiu: 2_000_000_000 }),
    "GET /api/requests/r3": () => createRequestFacts({ id: "r3", premium_units: 0.33, nano_aiu: null }),
  });
}

it.each([
  ["en", "300 → 150 tokens in all · 3.25 credits ($0.03) · 0.33 premium"],
  ["zh-CN", "共 300 → 150 Token · 3.25 AI 积分（US$0.03） · 0.33 高级请求"],
] as const)("tells what a conversation took and cost so far, each unit apart (%s)", async (locale, text) => {
  stubRequests();
  const path = [
    createAnswerNode("r1", null, 200),
    createAnswerNode("r2", "r1", 200),
    createAnswerNode("r3", "r2", 200),
  ];
  renderInConsole(<ChatTotals path={path} model={undefined} />, { locale });
  expect(await screen.findByText(text)).toBeDefined();
});

it.each([
  ["en", "the best", "1.25 credits", "2 credits"],
  ["zh-CN", "最佳", "1.25 AI 积分", "2 AI 积分"],
] as const)(
  "puts the last answers side by side, the best of each kind marked in words (%s)",
  async (locale, best, cheap, dear) => {
    stubRequests();
    const columns = (["r1", "r2"] as const).map((id) => ({
      tree: addNode(emptyTree, createAnswerNode(id, null, id === "r1" ? 300 : 200)),
      isRunning: false,
    }));
    renderInConsole(<ComparedFigures columns={columns} models={["m", "n"]} />, { locale });
    await screen.findByText(dear, { exact: false });
    const rows = screen.getAllByRole("row").slice(1);
    const isBest = rows.map((row) =>
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent?.endsWith(best)),
    );
    // First token, tokens a second, in and out, cost.
    expect(isBest).toEqual([
      [false, false, false, true],
      [true, false, false, false],
    ]);
    expect(rows[0]?.textContent).toContain(cheap);
    expect(rows[0]?.textContent).toContain("100 → 50");
  },
);
