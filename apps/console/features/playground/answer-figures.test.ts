import { expect, it } from "vitest";
import { type AnswerFigures, findBest } from "./answer-figures";

const createFigures = (fields: Partial<AnswerFigures>): AnswerFigures => ({
  firstTokenMs: null,
  tokensPerSecond: null,
  inputTokens: null,
  outputTokens: null,
  cost: null,
  ...fields,
});

const bestOf = (...all: (Partial<AnswerFigures> | null)[]) =>
  findBest(all.map((one) => (one === null ? null : createFigures(one)))).map((best) => [...best]);

it("finds the first to answer, the quickest and the cheapest", () => {
  const credits = (amount: number) => ({ unit: "credits", amount }) as const;
  expect(
    bestOf({ firstTokenMs: 300, tokensPerSecond: 80, cost: credits(2) }, null, {
      firstTokenMs: 200,
      tokensPerSecond: 40,
      cost: credits(0),
    }),
  ).toEqual([["tokensPerSecond"], [], ["firstTokenMs", "cost"]]);
});

it("calls nothing the best of one, or of what is the same", () => {
  expect(bestOf({ firstTokenMs: 300 }, {}, null)).toEqual([[], [], []]);
  expect(bestOf({ firstTokenMs: 300 }, { firstTokenMs: 300 })).toEqual([[], []]);
  const [slower, quicker] = [
    { firstTokenMs: 300.2, tokensPerSecond: 64.9 },
    { firstTokenMs: 299.9, tokensPerSecond: 65.1 },
  ];
  expect(bestOf(slower, quicker)).toEqual([[], []]);
});

it("does not compare credits with premium units", () => {
  const credits = { cost: { unit: "credits", amount: 2 } } as const;
  expect(bestOf(credits, { cost: { unit: "premium", amount: 1 } })).toEqual([[], []]);
  expect(bestOf(credits, { cost: { unit: "premium", amount: 0 } })).toEqual([[], ["cost"]]);
});
