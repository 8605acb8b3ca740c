import { describe, expect, it, onTestFinished } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";

const path = "/openai/v1/chat/completions";
const model = "claude-sonnet-4.6";
const tenSeats = Array.from({ length: 10 }, (_, index) => `seat${index}`);
const poolCredits = 10 * 1_900;

/** Seats of one organisation on usage-based billing, in a gateway of their own. */
async function startWithSeats(logins: readonly string[]): Promise<Serving> {
  const account = { plan: "business", billing: "credits", organizations: ["Acme"] } as const;
  const serving = await startServing({ accounts: logins, account });
  onTestFinished(() => serving.stop());
  return serving;
}

let questions = 0;

/** A premium request of a conversation of its own: what the client saw, and which accounts were asked for it. */
async function ask({ simulator, send }: Serving) {
  simulator.requests.clear();
  questions += 1;
  const response = await send(path, chatBody(`question ${questions}`, { model }));
  await response.text();
  return { status: response.status, asked: simulator.requests.to("/chat/completions").map((seen) => seen.account) };
}

describe("ten seats of one organisation", () => {
  it("say that it pays for them, until an admin says otherwise of one", async () => {
    const { admin } = await startWithSeats(["ann", "ben"]);
    const payers = async () =>
      Object.values(await admin.tokens()).map((token) => [token.billing_entity, token.billing_entity_source]);
    expect(await payers()).toEqual([
      ["Acme", "organization"],
      ["Acme", "organization"],
    ]);
    const { ben } = await admin.tokens();
    await admin.request("PATCH", `/api/admin/github-tokens/${ben?.id}`, { billing_entity: "Beta" });
    expect(await payers()).toEqual([
      ["Acme", "organization"],
      ["Beta", "admin"],
    ]);
  });

  it.each([
    ["the figures of their pool, which end it with the first refusal", "pool", 1],
    ["their own shares, of which a second refusal proves the pool empty", "seat", 2],
  ] as const)(
    "cost a request at most one more try when the pool is empty, and the next ones none: they show %s",
    async (_, shows, tries) => {
      const serving = await startWithSeats(tenSeats);
      const { simulator, admin } = serving;
      simulator.changeBillingEntity("Acme", { shows });
      expect(await ask(serving)).toMatchObject({ status: 200 });
      simulator.changeBillingEntity("Acme", { usedElsewhere: poolCredits });
      const first = await ask(serving);
      expect(first).toMatchObject({ status: 402 });
      expect(new Set(first.asked).size).toBe(tries);
      for (let request = 0; request < 20; request += 1) expect(await ask(serving)).toEqual({ status: 402, asked: [] });
      const statuses = Object.values(await admin.tokens()).map(({ status }) => status);
      expect(statuses).toEqual(tenSeats.map(() => "exhausted"));
    },
  );

  it("are left alone when one was refused and another account can serve", async () => {
    const serving = await startWithSeats(tenSeats);
    const { simulator, admin } = serving;
    simulator.addAccount({ login: "alone", token: githubTokenOf("alone"), plan: "individual_pro", billing: "credits" });
    await admin.addToken("alone", githubTokenOf("alone"));
    simulator.changeBillingEntity("Acme", { shows: "seat", usedElsewhere: poolCredits });
    const first = await ask(serving);
    expect(first.status).toBe(200);
    expect(first.asked.at(-1)).toBe("alone");
    expect(first.asked.length).toBeLessThanOrEqual(2);
    for (let request = 0; request < 15; request += 1) {
      expect(await ask(serving)).toEqual({ status: 200, asked: ["alone"] });
    }
  });

  it("go on without the one whose own budget is used up", async () => {
    const serving = await startWithSeats(["ann", "ben", "cat"]);
    const { simulator, admin } = serving;
    simulator.changeAccount("ann", { personalBudget: 0 });
    const answers = [];
    for (let request = 0; request < 8; request += 1) answers.push(await ask(serving));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.flatMap(({ asked }) => asked).filter((login) => login === "ann")).toHaveLength(1);
    const tokens = await admin.tokens();
    expect([tokens.ann?.status, tokens.ben?.status, tokens.cat?.status]).toEqual(["exhausted", "active", "active"]);
  });
});
