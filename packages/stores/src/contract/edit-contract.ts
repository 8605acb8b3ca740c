import assert from "node:assert/strict";
import { GatewayError } from "@copilot-llm/model";
import { sampleKey, sampleToken, sampleUser } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const callers = 8;

function race(call: () => Promise<unknown>): Promise<unknown> {
  return Promise.all(Array.from({ length: callers }, call));
}

export function editContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("edits", () => {
    it(
      "of parallel callers each stand on the one before, also in parts of a field",
      withStores(async (stores, { reopen }) => {
        await stores.keys.create(sampleKey("a", { limits: { ...sampleKey("a").limits, maxRequests: 0 } }), null);
        await stores.tokens.create(sampleToken("a"), null);
        await stores.users.create(sampleUser("a"), null);
        await Promise.all([
          race(() =>
            stores.keys.update(
              "key_a",
              ({ limits }) => ({
                limits: { ...limits, maxRequests: (limits.maxRequests ?? 0) + 1 },
              }),
              null,
            ),
          ),
          race(() => stores.tokens.update("tok_a", ({ alias }) => ({ alias: `${alias}+` }), null)),
          race(() => stores.users.update("usr_a", ({ username }) => ({ username: `${username}+` }), null)),
          race(() =>
            stores.settings.update(
              ({ recordingRetentionDays }) => ({
                recordingRetentionDays: (recordingRetentionDays ?? 0) + 1,
              }),
              null,
            ),
          ),
        ]);
        const { keys, tokens, users, settings } = await reopen();
        const name = `a${"+".repeat(callers)}`;
        assert.equal((await keys.find("key_a"))?.limits.maxRequests, callers);
        assert.equal((await tokens.find("tok_a"))?.alias, name);
        assert.equal((await users.find("usr_a"))?.username, name);
        assert.equal((await settings.read()).recordingRetentionDays, callers);
      }),
    );

    it(
      "that throw are refused with just that, and change nothing",
      withStores(async ({ keys, tokens, users, settings }) => {
        await keys.create(sampleKey("a"), null);
        await tokens.create(sampleToken("a"), null);
        await users.create(sampleUser("a"), null);
        const before = await settings.read();
        const refuse = (): never => {
          throw new GatewayError("invalid_request", "Not like this.");
        };
        const refusal = { code: "invalid_request", message: "Not like this." };
        await assert.rejects(keys.update("key_a", refuse, null), refusal);
        await assert.rejects(tokens.update("tok_a", refuse, null), refusal);
        await assert.rejects(users.update("usr_a", refuse, null), refusal);
        await assert.rejects(settings.update(refuse, null), refusal);
        assert.deepEqual(await keys.find("key_a"), sampleKey("a"));
        assert.equal((await tokens.find("tok_a"))?.alias, "a");
        assert.deepEqual(await users.find("usr_a"), sampleUser("a"));
        assert.deepEqual(await settings.read(), before);
      }),
    );
  });
}
