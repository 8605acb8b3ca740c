import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type Batch, GatewayError, type LoginSession } from "@copilot-llm/model";
import type { Audited } from "../interfaces/audited.js";
import type { Stores } from "../interfaces/stores.js";
import { sampleBatch, startSampleBatch } from "./batch-samples.js";
import {
  sampleEntry,
  sampleEvent,
  sampleKey,
  sampleSession,
  sampleStartMs,
  sampleToken,
  sampleUser,
} from "./samples.js";
import type { TestApi, TestContext, WithStores } from "./test-api.js";

interface AuditedVerb {
  readonly name: string;
  /** What must be there before; `prepareAll` unless given. */
  readonly prepare?: (stores: Stores) => Promise<void>;
  readonly run: (stores: Stores, audited: Audited<unknown>) => Promise<unknown>;
  /** What `audited` is to be given. */
  readonly result: (stores: Stores) => Promise<unknown>;
  /** Of several steps, of which the first is the change. */
  readonly mayFailLater?: true;
}

const session: LoginSession = sampleSession("hash of the new one", "usr_a");

/** As `prepareAll` leaves them. */
const begun = { startedAtMs: sampleStartMs + 1, cancelRequestedAtMs: null, problems: [] };
const noCounts = { total: 0, pending: 0, running: 0, succeeded: 0, errored: 0, cancelled: 0, expired: 0 };
const runningBatch: Batch = {
  ...sampleBatch("a"),
  ...begun,
  status: "in_progress",
  endedAtMs: null,
  counts: { ...noCounts, total: 1, pending: 1 },
};
const endedBatch: Batch = {
  ...sampleBatch("b"),
  ...begun,
  status: "completed",
  endedAtMs: sampleStartMs + 1,
  counts: noCounts,
};

/** Every verb that takes an event. */
const verbs: readonly AuditedVerb[] = [
  {
    name: "tokens.create",
    run: ({ tokens }, audited) => tokens.create(sampleToken("new"), audited),
    result: ({ tokens }) => tokens.find("tok_new"),
  },
  {
    name: "tokens.update",
    run: ({ tokens }, audited) => tokens.update("tok_a", () => ({ alias: "renamed" }), audited),
    result: ({ tokens }) => tokens.find("tok_a"),
  },
  {
    name: "tokens.remove",
    run: ({ tokens }, audited) => tokens.remove("tok_a", audited),
    result: async () => sampleToken("a"),
  },
  {
    name: "keys.create",
    run: ({ keys }, audited) => keys.create(sampleKey("new"), audited),
    result: ({ keys }) => keys.find("key_new"),
  },
  {
    name: "keys.update",
    run: ({ keys }, audited) => keys.update("key_a", () => ({ keyHash: "another hash" }), audited),
    result: ({ keys }) => keys.find("key_a"),
  },
  {
    name: "keys.remove",
    run: ({ keys }, audited) => keys.remove("key_a", audited),
    result: async () => sampleKey("a"),
  },
  {
    name: "users.create",
    run: ({ users }, audited) => users.create(sampleUser("new"), audited),
    result: ({ users }) => users.find("usr_new"),
  },
  {
    name: "users.createFirst",
    prepare: async ({ users }) => {
      await users.issueSetupCode("code", sampleStartMs + 1000);
    },
    run: ({ users }, audited) => users.createFirst(sampleUser("a"), session, audited),
    result: ({ users }) => users.find("usr_a"),
  },
  {
    name: "users.update",
    run: ({ users }, audited) => users.update("usr_a", () => ({ passwordHash: "scrypt$another" }), audited),
    result: ({ users }) => users.find("usr_a"),
  },
  {
    name: "users.remove",
    run: ({ users }, audited) => users.remove("usr_b", audited),
    result: async () => sampleUser("b", { role: "viewer" }),
  },
  {
    name: "users.createSession",
    run: ({ users }, audited) => users.createSession(session, audited),
    result: async () => session,
  },
  {
    name: "users.removeSession",
    run: ({ users }, audited) => users.removeSession("hash of the old one", audited),
    result: async () => ({ ...session, tokenHash: "hash of the old one" }),
  },
  {
    name: "settings.update",
    run: ({ settings }, audited) => settings.update(() => ({ recording: "off" }), audited),
    result: ({ settings }) => settings.read(),
  },
  {
    name: "ledger.resetKeyUsage",
    run: ({ ledger }, audited) => ledger.resetKeyUsage("key_a", sampleStartMs, audited),
    result: async () => "key_a",
  },
  {
    name: "sessions.remove",
    run: ({ sessions }, audited) => sessions.remove(["conversation 1", "unknown"], audited),
    result: async () => 1,
    mayFailLater: true,
  },
  {
    name: "batches.cancel",
    run: ({ batches }, audited) => batches.cancel("batch_a", sampleStartMs + 2, audited),
    result: async () => runningBatch,
  },
  {
    name: "batches.remove",
    run: ({ batches }, audited) => batches.remove("batch_b", audited),
    result: async () => endedBatch,
    mayFailLater: true,
  },
];

async function prepareAll({ tokens, keys, users, ledger, batches }: Stores): Promise<void> {
  await tokens.create(sampleToken("a"), null);
  await keys.create(sampleKey("a"), null);
  await users.create(sampleUser("a"), null);
  await users.create(sampleUser("b", { role: "viewer" }), null);
  await users.createSession({ ...session, tokenHash: "hash of the old one" }, null);
  const bodies = { request: Buffer.from("question"), response: Buffer.from("answer") };
  await ledger.append({ ...sampleEntry(1, { recording: "full" }), bodies });
  await startSampleBatch({ batches }, "a", 1);
  await startSampleBatch({ batches }, "b", 0);
}

/** Everything that the verbs change, as plain values. */
async function readState({ tokens, keys, users, settings, ledger, sessions, batches }: Stores): Promise<unknown> {
  return {
    tokens: (await tokens.list()).map((token) => ({ ...token, secret: token.secret?.reveal() ?? null })),
    keys: await keys.list(),
    users: await users.list(),
    isSetupCodeValid: await users.isSetupCodeValid("code", sampleStartMs),
    signedIn: [
      await users.findSession("hash of the old one", sampleStartMs),
      await users.findSession("hash of the new one", sampleStartMs),
    ],
    settings: await settings.read(),
    usage: [...(await ledger.usageByKey(["key_a"], sampleStartMs))],
    sessions: (await sessions.list({ limit: 10 })).sessions,
    batches: await batches.list({ ownerId: null, limit: 10 }),
  };
}

/** Whether the change was made. Fails unless its event is on the trail exactly then. */
async function isMade(stores: Stores, before: unknown): Promise<boolean> {
  const isChanged = !isDeepStrictEqual(await readState(stores), before);
  assert.deepEqual(await stores.audit.list({ limit: 10 }), isChanged ? [sampleEvent(1)] : []);
  return isChanged;
}

/** One attempt after the other, each with a later write failing, until the verb gets through. */
async function failEveryWrite(
  verb: AuditedVerb,
  isLasting: boolean,
  first: Stores,
  { crash, renew, failWrites }: TestContext,
): Promise<void> {
  let stores = first;
  await (verb.prepare ?? prepareAll)(stores);
  const before = await readState(stores);
  for (let from = 1; ; from += 1) {
    const { end } = await failWrites({ from, isLasting });
    const isDone = await verb
      .run(stores, () => sampleEvent(1))
      .then(
        () => true,
        () => false,
      );
    if (!isLasting) await end();
    if (!(await isMade(stores, before))) assert.ok(!isDone);
    else assert.ok(isDone || verb.mayFailLater === true);
    stores = await crash();
    const isMadeAfterCrash = await isMade(stores, before);
    if (isDone) {
      assert.ok(isMadeAfterCrash);
      assert.ok(from > 1);
      return;
    }
    if (!isMadeAfterCrash) continue;
    // Told as refused, and made all the same: nothing says which until the stores are opened again.
    stores = await renew();
    await (verb.prepare ?? prepareAll)(stores);
  }
}

export function auditedChangeContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("a change and its event", () => {
    for (const verb of verbs) {
      it(
        `are one step of ${verb.name}: refused by what the event throws, or both there, also after a restart`,
        withStores(async (stores, { reopen }) => {
          await (verb.prepare ?? prepareAll)(stores);
          const before = await readState(stores);
          const refuse = () => {
            throw new GatewayError("invalid_request", "Not like this.");
          };
          await assert.rejects(verb.run(stores, refuse), { code: "invalid_request", message: "Not like this." });
          assert.equal(await isMade(stores, before), false);
          const given: unknown[] = [];
          await verb.run(stores, (result) => {
            given.push(result);
            return sampleEvent(1);
          });
          assert.deepEqual(given, [await verb.result(stores)]);
          assert.deepEqual(await stores.audit.list({ limit: 10 }), [sampleEvent(1)]);
          const state = await readState(stores);
          const again = await reopen();
          assert.deepEqual(await readState(again), state);
          assert.deepEqual(await again.audit.list({ limit: 10 }), [sampleEvent(1)]);
        }),
      );

      it(
        `are both or neither there, whichever write of ${verb.name} fails`,
        withStores((stores, context) => failEveryWrite(verb, false, stores, context)),
      );

      it(
        `are both or neither there, at whichever write the process of ${verb.name} ends`,
        withStores((stores, context) => failEveryWrite(verb, true, stores, context)),
      );
    }

    it(
      "are not there where there is nothing to change",
      withStores(async (stores) => {
        await prepareAll(stores);
        const fail = () => assert.fail("an event was asked for");
        assert.equal(await stores.tokens.remove("tok_x", fail), false);
        assert.equal(await stores.keys.remove("key_x", fail), false);
        assert.equal(await stores.users.remove("usr_x", fail), false);
        assert.equal(await stores.users.createFirst(sampleUser("c"), null, fail), false);
        assert.equal(await stores.sessions.remove(["unknown"], fail), 0);
        await assert.rejects(stores.keys.create(sampleKey("a"), fail), { code: "conflict" });
        await assert.rejects(
          stores.tokens.update("tok_x", () => ({}), fail),
          { code: "not_found" },
        );
      }),
    );

    it(
      "are on the trail in the order of the changes, with what changed nothing in between",
      withStores(async (stores, { crash }) => {
        await stores.keys.create(sampleKey("a"), () => sampleEvent(1));
        await stores.tokens.create(sampleToken("a"), () => sampleEvent(2));
        await stores.audit.append(sampleEvent(3));
        await stores.settings.update(
          () => ({ recording: "off" }),
          () => sampleEvent(4),
        );
        await stores.keys.remove("key_a", () => sampleEvent(5));
        const expected = [5, 4, 3, 2, 1].map(sampleEvent);
        assert.deepEqual(await stores.audit.list({ limit: 10 }), expected);
        assert.deepEqual(await (await crash()).audit.list({ limit: 10 }), expected);
      }),
    );
  });
}
