import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, type Fixture, pick, startFixture } from "../../testing/fixture.js";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

const chat = (model = "gpt-4.1", token?: string) =>
  fixture.post("/chat/completions", ask("/chat/completions", "hi", { model }), token === undefined ? {} : { token });
const read = async (path: string): Promise<unknown> => (await fixture.control("GET", path)).json();

describe("/_simulator", () => {
  it("shows the whole state at its root", async () => {
    expect(await read("")).toMatchObject({
      url: fixture.simulator.url,
      accounts: [
        { login: "alice", plan: "business" },
        { login: "carol", billing: "credits" },
      ],
      faultNames: expect.arrayContaining(["rate-limited"]),
      directives: expect.arrayContaining(["tool"]),
    });
  });

  it("adds and changes accounts", async () => {
    const added = await fixture.control("POST", "accounts", { token: "gho_new000000000", login: "new", plan: "free" });
    expect(await added.json()).toEqual({ login: "new" });
    expect((await chat("gpt-4.1", "gho_new000000000")).status).toBe(200);
    await fixture.control("PATCH", "accounts/alice", { used: 300, modelPolicy: { "gpt-4o": "disabled" } });
    expect((await chat("gpt-5.4")).status).toBe(402);
    expect((await chat("gpt-4o")).status).toBe(403);
    await fixture.control("PATCH", "accounts/alice", { credentialExpired: true });
    expect((await chat()).status).toBe(401);
    await fixture.control("PATCH", "accounts/alice", { standing: "revoked" });
    expect((await fixture.get("/user")).status).toBe(401);
  });

  it("switches faults on and off", async () => {
    const body: unknown = await (
      await fixture.control("POST", "faults", { name: "unavailable", account: "alice", times: 5 })
    ).json();
    expect((await chat()).status).toBe(503);
    expect(pick(await read("faults"), "faults.0")).toMatchObject({ id: pick(body, "id"), remaining: 4 });
    expect(await (await fixture.control("DELETE", `faults/${pick(body, "id")}`)).json()).toEqual({ removed: 1 });
    expect((await chat()).status).toBe(200);
    await fixture.control("POST", "faults", { name: "hang" });
    expect(await (await fixture.control("DELETE", "faults")).json()).toEqual({ removed: 1 });
  });

  it("sets and forgets quirks and the prompt cache", async () => {
    await fixture.control("POST", "quirks", { model: "gpt-4.1", quirks: { promptFilterChunk: false } });
    const stream = async () =>
      (await fixture.post("/chat/completions", ask("/chat/completions", "hi", { stream: true }))).text();
    expect(await stream()).not.toContain("prompt_filter_results");
    await fixture.control("DELETE", "quirks");
    expect(await stream()).toContain("prompt_filter_results");
    await fixture.control("DELETE", "prompt-cache");
    expect(pick(await (await chat()).json(), "usage.prompt_tokens_details.cached_tokens")).toBe(0);
  });

  it("shows and clears the ledger and the requests, without credentials", async () => {
    await chat();
    await chat("gpt-4.1", "gho_carol00000000");
    expect(await read("ledger?account=carol")).toMatchObject({
      totals: { requests: 1 },
      entries: [{ account: "carol" }],
    });
    const requests = await read("requests");
    expect(requests).toMatchObject({
      requests: [{ account: "alice", url: "/chat/completions", status: 200 }, { account: "carol" }],
    });
    expect(JSON.stringify(requests)).not.toContain("gho_");
    await fixture.control("DELETE", "ledger");
    await fixture.control("DELETE", "requests");
    expect(await read("ledger")).toMatchObject({ totals: { requests: 0 }, entries: [] });
    expect(await read("requests")).toEqual({ requests: [] });
  });

  it("approves and denies devices", async () => {
    const device = fixture.simulator.deviceFlow.start("Iv1.own", "http://x");
    expect((await fixture.control("POST", `device/${device.user_code}`, { login: "alice" })).status).toBe(200);
    expect((await fixture.control("POST", `device/${device.user_code}`, { deny: true })).status).toBe(400);
  });

  it.each([
    ["POST", "faults", { name: "nonsense" }, "unknown fault"],
    ["POST", "faults", { name: "hang", tims: 3 }, "tims is unknown"],
    ["POST", "faults", { name: "hang", times: "3" }, "times must be a number"],
    ["POST", "faults", undefined, "JSON object"],
    ["POST", "accounts", { login: "x" }, "token is missing"],
    ["POST", "accounts", { login: "alice", token: "gho_y" }, "exists already"],
    ["POST", "accounts", { login: "y", token: "gho_y", plan: "gold" }, "one of free"],
    ["POST", "quirks", { quirks: { chatUsage: "never" } }, "must be one of own-chunk"],
    ["POST", "quirks", { quirks: { wings: true } }, "unknown quirk: wings"],
    ["PATCH", "accounts/nobody", {}, "no such account"],
  ])("says what is wrong with %s %s %j", async (method, path, body, message) => {
    const response = await fixture.control(method, path, body);
    expect(response.status).toBe(400);
    expect(String(pick(await response.json(), "error"))).toContain(message);
  });

  it("lists its routes for an unknown one, and can be left out", async () => {
    expect((await fixture.control("PUT", "faults")).status).toBe(404);
    await fixture.simulator.close();
    fixture = await startFixture({ controlRoute: false });
    expect(pick(await read("faults"), "error.code")).toBe("not_found");
  });
});
