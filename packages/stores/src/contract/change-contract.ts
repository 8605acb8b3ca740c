import assert from "node:assert/strict";
import type { ChangeFeed, StoreChange } from "../interfaces/change-feed.js";
import { sampleKey, sampleToken, sampleUser } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

/** Resolves with the next `count` changes. */
function nextChanges(changes: ChangeFeed, count: number): Promise<readonly StoreChange[]> {
  return new Promise((resolve) => {
    const heard: StoreChange[] = [];
    const cancel = changes.subscribe((change, origin) => {
      assert.equal(origin, "here");
      heard.push(change);
      if (heard.length < count) return;
      cancel();
      resolve(heard);
    });
  });
}

export function changeContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("changes", () => {
    it(
      "of tokens, keys, users and settings are told, refused ones are not",
      withStores(async ({ changes, tokens, keys, users, settings }) => {
        const heard = nextChanges(changes, 10);
        await tokens.create(sampleToken("a"), null);
        await tokens.update("tok_a", () => ({ enabled: false }), null);
        await assert.rejects(tokens.create(sampleToken("a"), null));
        assert.equal(await tokens.remove("tok_b", null), false);
        await tokens.remove("tok_a", null);
        await keys.create(sampleKey("a"), null);
        await keys.remove("key_a", null);
        await users.createFirst(sampleUser("a"), null, null);
        assert.equal(await users.createFirst(sampleUser("b"), null, null), false);
        await users.create(sampleUser("b"), null);
        await users.update("usr_a", () => ({ role: "viewer" }), null);
        await users.remove("usr_a", null);
        await settings.update(() => ({ recording: "off" }), null);
        assert.deepEqual(await heard, [
          { kind: "token_stored", tokenId: "tok_a" },
          { kind: "token_stored", tokenId: "tok_a" },
          { kind: "token_stored", tokenId: "tok_a" },
          { kind: "key_stored", keyId: "key_a" },
          { kind: "key_stored", keyId: "key_a" },
          { kind: "user_stored", userId: "usr_a" },
          { kind: "user_stored", userId: "usr_b" },
          { kind: "user_stored", userId: "usr_a" },
          { kind: "user_stored", userId: "usr_a" },
          { kind: "settings_stored" },
        ]);
      }),
    );

    it(
      "that are published are told as they are",
      withStores(async ({ changes }) => {
        const state = { status: "cooling", untilMs: 5, reason: "Too many requests." } as const;
        const published = { kind: "token_state", tokenId: "tok_a", modelId: null, state } as const;
        const heard = nextChanges(changes, 1);
        changes.publish(published);
        assert.deepEqual(await heard, [published]);
      }),
    );
  });
}
