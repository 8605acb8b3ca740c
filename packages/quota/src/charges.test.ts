import type { RequestOutcome } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { modelOf, pricedModel, prices, usageOf } from "../testing/fixtures.js";
import { actualCharges } from "./actual-charges.js";
import { estimateCharges } from "./estimate-charges.js";
import { premiumUnits } from "./premium-units.js";
import { priceTokens } from "./price-tokens.js";

const nothing = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

describe("premium units", () => {
  it.each([
    [1, "user", 1],
    [0.33, "user", 0.33],
    [15, "user", 15],
    [0, "user", 0],
    [null, "user", 0],
    [15, "agent", 0],
  ] as const)("of a multiplier of %s on the turn of the %s are %s", (multiplier, initiator, expected) => {
    expect(premiumUnits(modelOf({ multiplier }), initiator)).toBe(expected);
  });
});

describe("the price of tokens", () => {
  it("is the service's own in its own example", () => {
    expect(priceTokens(pricedModel, usageOf({ inputTokens: 16, outputTokens: 17 }))).toBe(30_300_000);
  });

  it("takes each kind of token at its own price, cached input once", () => {
    const tokens = usageOf({ inputTokens: 1_000, cacheReadTokens: 600, cacheWriteTokens: 300, outputTokens: 10 });
    expect(priceTokens(pricedModel, tokens)).toBe(100 * 300_000 + 600 * 30_000 + 300 * 375_000 + 10 * 1_500_000);
  });

  it("is in the second tier above its threshold, and not at it", () => {
    expect(priceTokens(pricedModel, usageOf({ inputTokens: 200_000 }))).toBe(200_000 * 300_000);
    expect(priceTokens(pricedModel, usageOf({ inputTokens: 200_001, outputTokens: 1 }))).toBe(
      200_001 * 600_000 + 2_250_000,
    );
  });

  it("is nothing for a model without prices", () => {
    expect(priceTokens(modelOf(), usageOf({ inputTokens: 1_000 }))).toBe(0);
  });

  it("is exact and whole for any counts a context can hold, also at prices with fractions", () => {
    const counts = fc.record({
      plain: fc.nat(1_000_000),
      read: fc.nat(1_000_000),
      write: fc.nat(1_000_000),
      output: fc.nat(200_000),
    });
    const flat = modelOf({ multiplier: null, tokenPrices: { ...prices, longContext: null } });
    const fractional = modelOf({ multiplier: null, tokenPrices: { ...prices, inputNanoAiu: 0.1, longContext: null } });
    fc.assert(
      fc.property(counts, ({ plain, read, write, output }) => {
        const tokens = usageOf({
          inputTokens: plain + read + write,
          cacheReadTokens: read,
          cacheWriteTokens: write,
          outputTokens: output,
        });
        const exact =
          BigInt(plain) * 300_000n + BigInt(read) * 30_000n + BigInt(write) * 375_000n + BigInt(output) * 1_500_000n;
        expect(BigInt(priceTokens(flat, tokens))).toBe(exact);
        expect(Number.isSafeInteger(priceTokens(fractional, tokens))).toBe(true);
      }),
    );
  });
});

describe("the estimate to reserve", () => {
  const estimate = (promptBytes: number, maxOutputTokens: number | null, model = pricedModel) =>
    estimateCharges({ models: [model], initiator: "user", promptBytes, maxOutputTokens });

  it("comes from the prompt's size, what the client allows and the prices", () => {
    expect(estimate(4_000, 100)).toEqual({
      requests: 1,
      premiumUnits: 0,
      nanoAiu: 1_000 * 300_000 + 100 * 1_500_000,
      tokens: 1_100,
    });
  });

  it("takes the usual length where the client allows any, within what the model can", () => {
    expect(estimate(0, null).tokens).toBe(4_096);
    expect(estimate(0, null, modelOf({}, { maxOutputTokens: 1_000 })).tokens).toBe(1_000);
    expect(estimate(0, 1_000_000).tokens).toBe(32_000);
  });

  it("counts no more prompt than the model takes, so that images do not weigh as text", () => {
    expect(estimate(30_000_000, 0).tokens).toBe(128_000);
  });

  it("counts no output for embeddings", () => {
    expect(estimate(400, null, modelOf({}, { kind: "embeddings" })).tokens).toBe(100);
  });

  it("has the premium units of a user's turn exactly", () => {
    const model = modelOf({ multiplier: 3 });
    const of = (initiator: "user" | "agent") =>
      estimateCharges({ models: [model], initiator, promptBytes: 4, maxOutputTokens: 0 }).premiumUnits;
    expect([of("user"), of("agent")]).toEqual([3, 0]);
  });

  it("is of each unit the most that any account of the pool takes", () => {
    const models = [modelOf({ multiplier: 3 }), pricedModel];
    const charges = estimateCharges({ models, initiator: "user", promptBytes: 4_000, maxOutputTokens: 100 });
    expect(charges).toEqual({ requests: 1, premiumUnits: 3, nanoAiu: 450_000_000, tokens: 1_100 });
  });
});

describe("the actual charges", () => {
  const tokens = usageOf({ inputTokens: 16, outputTokens: 17 });
  const model = modelOf({ multiplier: 3, tokenPrices: prices });
  const charge = (outcome: RequestOutcome, usage: Parameters<typeof actualCharges>[0]["usage"], promptBytes?: number) =>
    actualCharges({ model, initiator: "user", usage, outcome, ...(promptBytes === undefined ? {} : { promptBytes }) });

  it("take the upstream's own figure before any reckoning", () => {
    expect(charge("completed", { tokens, nanoAiu: 77 })).toEqual({
      requests: 1,
      premiumUnits: 3,
      nanoAiu: 77,
      tokens: 33,
    });
  });

  it("are tokens at prices where the upstream gave no figure", () => {
    expect(charge("completed", { tokens, nanoAiu: null })).toMatchObject({ nanoAiu: 30_300_000, tokens: 33 });
  });

  it("count the request where no usage was told at all", () => {
    expect(charge("completed", null)).toEqual({ requests: 1, premiumUnits: 3, nanoAiu: 0, tokens: 0 });
  });

  it("count premium units once per user turn", () => {
    const turn = (initiator: "user" | "agent") =>
      actualCharges({ model, initiator, usage: null, outcome: "completed" }).premiumUnits;
    expect([turn("user"), turn("agent"), turn("agent")]).toEqual([3, 0, 0]);
  });

  it("are nothing for an answer that failed", () => {
    expect(charge("failed", null)).toEqual(nothing);
    expect(charge("failed", { tokens, nanoAiu: null })).toEqual(nothing);
  });

  it("are what the upstream says it charges, also for an answer that failed", () => {
    expect(charge("failed", { tokens, nanoAiu: 5 })).toMatchObject({ requests: 1, nanoAiu: 5 });
  });

  it("are what the upstream had counted for an aborted answer, or the prompt's estimate where that was not seen", () => {
    expect(charge("aborted", { tokens, nanoAiu: null })).toMatchObject({ nanoAiu: 30_300_000, tokens: 33 });
    const unseen = { requests: 1, premiumUnits: 3, nanoAiu: 1_000 * 300_000, tokens: 1_000 };
    expect(charge("aborted", null, 4_000)).toEqual(unseen);
    expect(charge("aborted", null)).toEqual({ requests: 1, premiumUnits: 3, nanoAiu: 0, tokens: 0 });
  });
});
