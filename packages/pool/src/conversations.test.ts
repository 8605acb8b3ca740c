import { describe, expect, it } from "vitest";
import { failureOf } from "../testing/fixtures.js";
import { PoolFixture } from "../testing/pool-fixture.js";

const first = (conversationId: string) => ({ conversationId, startsConversation: true });
const later = (conversationId: string) => ({ conversationId, startsConversation: false });

describe("a conversation", () => {
  it("stays with the token that served its first turn", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    await fixture.serve();
    expect(await fixture.serve(first("talk"))).toBe("b");
    await fixture.serve();
    expect(await fixture.serveMany(20, later("talk"))).toEqual({ b: 20 });
  });

  it("is placed like a new one when its start was never seen, and stays there", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    await fixture.serve();
    expect(await fixture.serveMany(5, later("talk"))).toEqual({ b: 5 });
  });

  it("of equal first turns is spread like any requests", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    expect(await fixture.serveMany(30, first("talk"))).toEqual({ a: 10, b: 10, c: 10 });
  });

  it("leaves the turns of new conversations even", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    const starts: string[] = [];
    for (let index = 0; index < 9; index += 1) {
      starts.push(await fixture.serve(first(`talk ${index}`)));
      await fixture.serveMany(3, later(`talk ${index % 2}`));
    }
    expect(starts).toEqual(["a", "b", "c", "a", "b", "c", "a", "b", "c"]);
  });

  it("that is long does not starve the other tokens: new ones go to those until loads are even", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    await fixture.serve(first("long"));
    await fixture.serveMany(999, later("long"));
    const counts = await fixture.serveMany(1_000);
    expect(counts.b).toBeGreaterThan(900);
  });

  it("moves on while its token rests, and stays where it moved", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const lease = await fixture.lease(first("talk"));
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 30_000));
    lease.release();
    expect(await fixture.serve({ ...first("talk"), triedTokenIds: ["a"] })).toBe("b");
    fixture.clock.advance(30_000);
    expect(await fixture.serveMany(5, later("talk"))).toEqual({ b: 5 });
  });

  it.each([
    ["disabled", (fixture: PoolFixture) => fixture.pool.setEnabled("a", false)],
    ["refused by GitHub", (fixture: PoolFixture) => fixture.pool.markAuthFailed("a", "bad credentials")],
    ["removed", (fixture: PoolFixture) => fixture.pool.removeToken("a")],
    ["without the model", (fixture: PoolFixture) => fixture.pool.setCatalogue("a", [])],
  ])("moves on when its token is %s", async (_, change) => {
    const fixture = new PoolFixture(["a", "b"]);
    expect(await fixture.serve(first("talk"))).toBe("a");
    change(fixture);
    expect(await fixture.serveMany(3, later("talk"))).toEqual({ b: 3 });
  });

  it("goes elsewhere only this once while its token is merely full", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 1 });
    await fixture.serve(first("talk"));
    const busy = await fixture.lease({ onlyTokenIds: ["a"] });
    expect(await fixture.serve(later("talk"))).toBe("b");
    busy.release();
    expect(await fixture.serveMany(3, later("talk"))).toEqual({ a: 3 });
  });

  it("obeys the tokens that a request names before its own", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    await fixture.serve(first("talk"));
    expect(await fixture.serve({ ...later("talk"), onlyTokenIds: ["b"] })).toBe("b");
  });

  it("is forgotten when too many others came after it", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConversations: 2 });
    expect(await fixture.serve(first("talk"))).toBe("a");
    await fixture.serve(first("second"));
    await fixture.serve(first("third"));
    expect(await fixture.serve(later("talk"))).toBe("b");
  });
});
