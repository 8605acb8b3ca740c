import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { alice, ask, carol, type Fixture, pick, startFixture } from "../../testing/fixture.js";

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture({
    accounts: [
      alice,
      carol,
      {
        token: "gho_frank00000000",
        login: "frank",
        plan: "free",
        modelPolicy: { "gpt-4o": "disabled" },
        hiddenModels: ["gpt-5-mini"],
      },
    ],
  });
});
afterEach(() => fixture.simulator.close());

const catalogueOf = async (token: string) => {
  const body: unknown = await (await fixture.get("/models", token)).json();
  return pick(body, "data") as {
    id: string;
    supported_endpoints?: string[];
    billing: object;
    policy?: { state: string };
  }[];
};

describe("GET /models", () => {
  it("has models of every kind, chat-only ones without supported_endpoints, and one id twice", async () => {
    const catalogue = await catalogueOf(alice.token);
    const endpointsOf = (id: string) => catalogue.find((model) => model.id === id)?.supported_endpoints;
    expect(endpointsOf("gpt-4.1")).toBeUndefined();
    expect(endpointsOf("gpt-5.4")).toEqual(["/chat/completions", "/responses", "ws:/responses"]);
    expect(endpointsOf("gpt-5.3-codex")).toEqual(["/responses", "ws:/responses"]);
    expect(endpointsOf("claude-sonnet-4.6")).toEqual(["/chat/completions", "/v1/messages"]);
    expect(endpointsOf("claude-opus-4.7")).toEqual(["/v1/messages"]);
    expect(catalogue.filter((model) => model.id === "gpt-4")).toHaveLength(2);
  });

  it("shows multipliers to one billing world, token prices to the other, one of them in the flat form", async () => {
    const billingOf = async (token: string, id: string) =>
      (await catalogueOf(token)).find((model) => model.id === id)?.billing;
    expect(await billingOf(alice.token, "claude-haiku-4.5")).toEqual({ is_premium: true, multiplier: 0.33 });
    expect(await billingOf(carol.token, "claude-sonnet-5")).toMatchObject({
      token_prices: {
        batch_size: 1_000_000,
        default: {
          cache_price: 30,
          cache_write_price: 375,
          context_max: 200_000,
          input_price: 300,
          output_price: 1500,
        },
        long_context: { input_price: 600, context_max: 936_000 },
      },
    });
    expect(await billingOf(carol.token, "gpt-4.1")).toMatchObject({ token_prices: { input_price: 200e9 } });
  });

  it("names the price of cached tokens as the API version of the request does", async () => {
    const pricesOf = async (version: string, id: string) => {
      const headers = { authorization: `Bearer ${carol.token}`, "x-github-api-version": version };
      const body: unknown = await (await fetch(`${fixture.simulator.url}/models/${id}`, { headers })).json();
      return pick(body, "billing.token_prices");
    };
    expect(await pricesOf("2026-06-01", "gpt-5.4")).toMatchObject({ default: { cache_price: 25 } });
    const newest = await pricesOf("2026-08-01", "claude-sonnet-5");
    expect(newest).toMatchObject({ default: { cache_read_price: 30 }, long_context: { cache_read_price: 60 } });
    expect(JSON.stringify(newest)).not.toContain("cache_price");
    expect(await pricesOf("2026-08-01", "gpt-4.1")).toMatchObject({ cache_read_price: 50e9 });
  });

  it("says to which plans a model is restricted, and refuses it on the others", async () => {
    const opus = (await catalogueOf(carol.token)).find((model) => model.id === "claude-opus-4.7");
    expect(opus?.billing).toMatchObject({ restricted_to: ["pro_plus", "business", "enterprise", "max"] });
    const statusOn = async (plan: "individual" | "individual_pro" | "individual_max") => {
      const token = `gho_${plan}00000000`;
      fixture.simulator.addAccount({ token, login: plan, plan, billing: "credits" });
      const body = ask("/v1/messages", "x", { model: "claude-opus-4.7" });
      return (await fixture.post("/v1/messages", body, { token })).status;
    };
    expect([await statusOn("individual"), await statusOn("individual_pro"), await statusOn("individual_max")]).toEqual([
      400, 200, 200,
    ]);
  });

  it("differs by account: policy, hidden models, plan", async () => {
    const catalogue = await catalogueOf("gho_frank00000000");
    expect(catalogue.find((model) => model.id === "gpt-4o")?.policy?.state).toBe("disabled");
    expect(catalogue.some((model) => model.id === "gpt-5-mini")).toBe(false);
    const refusedWith = async (model: string) => {
      const body = ask("/chat/completions", "x", { model });
      await fixture.post("/chat/completions", body, { token: "gho_frank00000000" });
      return fixture.simulator.requests.all().at(-1)?.notes;
    };
    expect(await refusedWith("gpt-4o")).toEqual(["rule:policy-disabled"]);
    expect(await refusedWith("gpt-5-mini")).toEqual(["rule:model-not-supported"]);
    expect(await refusedWith("gemini-2.5-pro")).toEqual(["rule:plan-excludes-model"]);
  });

  it("lets a policy be enabled", async () => {
    const chat = () => fixture.post("/chat/completions", ask("/chat/completions", "x", { model: "grok-code-fast-1" }));
    expect((await chat()).status).toBe(403);
    expect((await fixture.post("/models/grok-code-fast-1/policy", { state: "enabled" })).status).toBe(200);
    expect((await chat()).status).toBe(200);
    expect((await fixture.post("/models/grok-code-fast-1/policy", { state: "maybe" })).status).toBe(400);
  });

  it("gives single models, and 404 for unknown ones", async () => {
    expect(await (await fixture.get("/models/gpt-5.4")).json()).toMatchObject({ id: "gpt-5.4" });
    expect((await fixture.get("/models/nothing")).status).toBe(404);
  });
});

describe("the rest of the Copilot API", () => {
  it("opens auto-mode sessions", async () => {
    const session: unknown = await (
      await fixture.post("/models/session", { auto_mode: { model_hints: ["auto"] } })
    ).json();
    expect(session).toMatchObject({
      selected_model: "gpt-4.1",
      session_token: expect.any(String),
      expires_at: expect.any(Number),
    });
  });

  it("speaks enough MCP for the runtime", async () => {
    const call = (body: object) => fixture.post("/mcp/readonly", { jsonrpc: "2.0", ...body });
    const initialized = await (
      await call({ id: 1, method: "initialize", params: { protocolVersion: "2025-11-25" } })
    ).json();
    expect(pick(initialized, "result.protocolVersion")).toBe("2025-11-25");
    expect(pick(await (await call({ id: 2, method: "tools/list" })).json(), "result.tools")).toEqual([]);
    expect((await call({ method: "notifications/initialized" })).status).toBe(202);
    expect(pick(await (await call({ id: 3, method: "server/discover" })).json(), "error.code")).toBe(-32601);
  });

  it("answers pings and memory switches, and 404 elsewhere", async () => {
    expect((await fixture.get("/_ping")).status).toBe(200);
    expect(await (await fixture.get("/agents/swe/memory/x/y/enabled")).json()).toEqual({ enabled: false });
    expect(await (await fixture.get("/v1/files")).text()).toBe("404 page not found\n");
    expect((await fixture.post("/auto", {})).status).toBe(404);
    expect((await fixture.post("/models/session/intent", {})).status).toBe(404);
    expect((await fixture.get("/chat/completions")).status).toBe(404);
  });

  it("refuses an expired credential until the control plane is asked again", async () => {
    fixture.simulator.expireCredential("alice");
    const chat = () => fixture.post("/chat/completions", ask("/chat/completions", "x"));
    const refused = await chat();
    expect([refused.status, await refused.text()]).toEqual([401, "unauthorized: token expired\n"]);
    expect((await fixture.get("/models")).status).toBe(401);
    expect((await fixture.get("/copilot_internal/user")).status).toBe(200);
    expect((await chat()).status).toBe(200);
  });
});

describe("/embeddings", () => {
  const send = (input: unknown, extra: object = {}) =>
    fixture.post("/embeddings", { model: "text-embedding-3-small", input, ...extra });

  it("gives each text a unit vector of its own, the same every time", async () => {
    const body: unknown = await (await send(["a", "b", "a"], { dimensions: 8 })).json();
    const [a, b, again] = (pick(body, "data") as { embedding: number[] }[]).map((item) => item.embedding);
    expect(a).toHaveLength(8);
    expect(a).toEqual(again);
    expect(a).not.toEqual(b);
    expect(Math.hypot(...(a ?? []))).toBeCloseTo(1);
    expect(pick(body, "usage")).toEqual({ prompt_tokens: 3, total_tokens: 3 });
  });
});
