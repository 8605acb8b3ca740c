import { describe, expect, it } from "vitest";
import { Affinity } from "./affinity.js";

describe("affinity", () => {
  it("knows the token that a conversation was last given", () => {
    const affinity = new Affinity(10);
    affinity.settle("talk", "a");
    affinity.settle("talk", "b");
    expect(affinity.home("talk")).toBe("b");
    expect(affinity.home("other")).toBeNull();
  });

  it("forgets the conversation that was not used for longest", () => {
    const affinity = new Affinity(2);
    affinity.settle("first", "a");
    affinity.settle("second", "b");
    affinity.home("first");
    affinity.settle("third", "c");
    expect([affinity.home("first"), affinity.home("second"), affinity.home("third")]).toEqual(["a", null, "c"]);
  });
});
