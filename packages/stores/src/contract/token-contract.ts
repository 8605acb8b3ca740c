import assert from "node:assert/strict";
import { Secret } from "@copilot-llm/model";
import { countWinners, succeeds } from "./race.js";
import { sampleToken } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function tokenContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("tokens", () => {
    it(
      "come back after a restart, in order of creation, with their secrets",
      withStores(async (stores, { reopen }) => {
        const installation = sampleToken("b", { kind: "app_installation", secret: null });
        await stores.tokens.create(sampleToken("c"), null);
        await stores.tokens.create(installation, null);
        const { tokens } = await reopen();
        const [first, second] = await tokens.list();
        assert.equal(first?.id, "tok_c");
        assert.equal(first?.secret?.reveal(), sampleToken("c").secret?.reveal());
        assert.deepEqual(second, installation);
        assert.deepEqual(await tokens.find("tok_b"), installation);
        assert.equal(await tokens.find("tok_x"), null);
      }),
    );

    it(
      "are refused when id, alias or secret are there already",
      withStores(async ({ tokens }) => {
        await tokens.create(sampleToken("a"), null);
        await assert.rejects(tokens.create(sampleToken("b", { id: "tok_a" }), null), { code: "conflict" });
        await assert.rejects(tokens.create(sampleToken("b", { alias: "A" }), null), { code: "conflict" });
        await assert.rejects(tokens.create(sampleToken("b", { secret: sampleToken("a").secret }), null), {
          code: "conflict",
        });
        await tokens.create(sampleToken("b"), null);
        await assert.rejects(
          tokens.update("tok_b", () => ({ alias: "a" }), null),
          { code: "conflict" },
        );
        assert.equal((await tokens.list()).length, 2);
      }),
    );

    it(
      "change only in the given fields",
      withStores(async (stores, { reopen }) => {
        await stores.tokens.create(sampleToken("a"), null);
        const changed = await stores.tokens.update(
          "tok_a",
          () => ({
            login: "octocat",
            billingEntity: "Acme Inc.",
            secret: new Secret("gho_other_secret"),
          }),
          null,
        );
        assert.equal(changed.login, "octocat");
        const { tokens } = await reopen();
        const found = await tokens.find("tok_a");
        assert.equal(found?.secret?.reveal(), "gho_other_secret");
        assert.equal(found?.alias, "a");
        assert.equal(found?.billingEntity, "Acme Inc.");
        await assert.rejects(
          tokens.update("tok_x", () => ({ enabled: false }), null),
          { code: "not_found" },
        );
      }),
    );

    it(
      "let exactly one of parallel callers create an alias, and exactly one remove it",
      withStores(async (stores, { reopen }) => {
        const created = await countWinners(8, (index) =>
          succeeds(stores.tokens.create(sampleToken(`t${index}`, { alias: "same" }), null)),
        );
        assert.equal(created, 1);
        const [token] = await stores.tokens.list();
        assert.equal(await countWinners(8, () => stores.tokens.remove(token?.id ?? "", null)), 1);
        assert.deepEqual(await (await reopen()).tokens.list(), []);
      }),
    );

    it(
      "keep parallel changes of different fields",
      withStores(async (stores, { reopen }) => {
        await stores.tokens.create(sampleToken("a"), null);
        await Promise.all([
          stores.tokens.update("tok_a", () => ({ login: "octocat" }), null),
          stores.tokens.update("tok_a", () => ({ plan: "business" }), null),
          stores.tokens.update("tok_a", () => ({ enabled: false }), null),
        ]);
        const found = await (await reopen()).tokens.find("tok_a");
        assert.deepEqual([found?.login, found?.plan, found?.enabled], ["octocat", "business", false]);
      }),
    );
  });
}
