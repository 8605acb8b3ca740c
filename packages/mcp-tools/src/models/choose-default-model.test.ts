import { describe, expect, it } from "vitest";
import { sampleModel } from "../testing/scripted-backend.js";
import { chooseDefaultModel } from "./choose-default-model.js";

const choose = (...models: Parameters<typeof sampleModel>[0][]) => chooseDefaultModel(models.map(sampleModel))?.id;
const prices = (output: number) => ({ input: 1, output, cache_read: 0, cache_write: 0 });

describe("the default model", () => {
  it("costs no premium quota if any model does not", () => {
    expect(choose({ id: "dear", is_premium: true, billing_multiplier: 1 }, { id: "free" })).toBe("free");
  });

  it("is the cheapest premium one otherwise", () => {
    const premium = (id: string, multiplier: number) => ({ id, is_premium: true, billing_multiplier: multiplier });
    expect(choose(premium("dear", 3), premium("cheap", 0.33), premium("middle", 1))).toBe("cheap");
  });

  it("is the cheapest by tokens where there are no multipliers", () => {
    const billed = (id: string, output: number) => ({ id, billing_multiplier: null, token_prices: prices(output) });
    expect(choose(billed("dear", 1500), billed("cheap", 200))).toBe("cheap");
  });

  it("has the largest context among equals", () => {
    expect(choose({ id: "a", context_window: 8_000 }, { id: "b", context_window: 264_000 })).toBe("b");
  });

  it("is a chat model", () => {
    expect(choose({ id: "embedder", type: "embeddings" })).toBeUndefined();
  });
});
