import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { defaultSettings, Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { sampleEntry } from "@copilot-llm/stores/contract";
import { expect, onTestFinished, test } from "vitest";
import { Accounts } from "../accounts/accounts.js";
import { BatchAdmin } from "../batches/batch-admin.js";
import { SettingsCache } from "../changes/settings-cache.js";
import { InviteAdmin } from "../seats/invite-admin.js";
import { SessionAdmin } from "../sessions/session-admin.js";
import { TeamAdmin } from "../teams/team-admin.js";
import { failStoreWrites } from "../testing/fail-store-writes.js";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { sessionId } from "./console-sessions.js";
import { KeyAdmin } from "./key-admin.js";
import { resetAdmin } from "./reset-admin.js";
import { SettingsAdmin } from "./settings-admin.js";
import { SignIn } from "./sign-in.js";
import { TokenAdmin } from "./token-admin.js";
import { UserAdmin } from "./user-admin.js";

const password = new Secret("correct horse battery");
const noCode = new Secret("none");

async function setUp() {
  const bench = await openBench();
  const { stores, failAt, written } = failStoreWrites(bench.stores);
  const { upstream } = await openUpstream(["alice", "bob", "carol"]);
  const options = { ...bench, stores, settings: () => defaultSettings, legacyKey: null };
  const pool = createPool(bench);
  const accounts = new Accounts({ ...options, tokens: stores.tokens, pool, upstream });
  onTestFinished(() => accounts.close());
  const cache = await SettingsCache.open(stores.settings);

  /** All that the verbs may change, in the stores, in memory and in the pool. */
  async function readState() {
    const { tokens, keys, invites, teams, users, settings, ledger, sessions, batches } = bench.stores;
    const allKeys = await keys.list();
    return {
      tokens: (await tokens.list()).map(({ login: _login, plan: _plan, billingEntity: _payer, ...token }) => ({
        // But for what a check finds out, which runs in the background and may end at any time.
        ...token,
        secret: token.secret?.reveal(),
      })),
      keys: allKeys,
      invites: await invites.list(),
      teams: await teams.list(),
      users: await users.list(),
      signedIn: await users.listSessions(bench.clock.nowMs()),
      settings: await settings.read(),
      settingsInForce: cache.current(),
      usage: [
        ...(await ledger.usageByKey(
          allKeys.map((key) => key.id),
          bench.clock.nowMs(),
        )),
      ],
      batches: await batches.list({ ownerId: null, limit: 10 }),
      sessions: (await sessions.list({ limit: 10 })).sessions.map((session) => session.id),
      // For the same reason.
      pool: pool.tokens().map(({ id, state }) => [id, state.status === "checking" ? "active" : state.status]),
    };
  }

  return {
    ...bench,
    failAt,
    written,
    readState,
    keys: new KeyAdmin({ ...options, lastClient: () => null }),
    invites: new InviteAdmin({ ...bench, stores }),
    teams: new TeamAdmin({ ...bench, stores }),
    tokens: new TokenAdmin({ ...options, pool, accounts }),
    users: new UserAdmin({ ...options, users: stores.users }),
    settings: new SettingsAdmin({ cache, pool, audit: bench.audit }),
    signIn: new SignIn(options),
    resetAdmin: (username: string) => resetAdmin({ ...options, username, password: new Secret("of the machine") }),
    batches: new BatchAdmin({ ...bench, batches: stores.batches }),
    sessions: new SessionAdmin({ ...stores, audit: bench.audit, serve: () => Promise.reject(new Error("not here")) }),
  };
}

type Bench = Awaited<ReturnType<typeof setUp>>;

/** What came of one verb, for those that go on with it. */
interface Made {
  code: Secret;
  userId: string;
  keyId: string;
  tokenId: string;
  session: Secret;
  inviteId: string;
  teamId: string;
}

interface Verb {
  readonly action: string;
  readonly prepare?: (bench: Bench, made: Made) => Promise<unknown>;
  readonly run: (bench: Bench, made: Made) => Promise<unknown>;
}

function pasted(alias: string, login: string) {
  const credential = { kind: "user", token: new Secret(githubTokenOf(login)) } as const;
  return { alias, enabled: true, credential };
}

/** Every verb that leaves something on the trail, in an order in which each finds what it needs. */
const verbs: readonly Verb[] = [
  {
    action: "user.setup",
    prepare: async ({ signIn }, made) => {
      made.code = (await signIn.issueSetupCode()) ?? made.code;
    },
    run: ({ signIn }, { code }) => signIn.setUp("ada", password, code),
  },
  {
    action: "user.sign_in",
    run: async ({ signIn }, made) => {
      made.session = (await signIn.signIn("ada", password, null)).token;
    },
  },
  { action: "user.sign_out", run: ({ signIn }, { session }) => signIn.signOut(session) },
  {
    action: "session.revoke",
    run: async ({ signIn }) => {
      const [open] = await signIn.sessions.list(null);
      if (open !== undefined) await signIn.sessions.revoke("ada", sessionId(open.session), null);
    },
  },
  {
    action: "user.create",
    run: async ({ users }, made) => {
      made.userId = (await users.create("ada", { username: "bob", password, role: "viewer" })).id;
    },
  },
  { action: "user.update", run: ({ users }, { userId }) => users.update("ada", userId, { password }) },
  { action: "user.reset", run: ({ resetAdmin }) => resetAdmin("bob") },
  { action: "user.delete", run: ({ users }, { userId }) => users.remove("ada", userId) },
  {
    action: "api_key.create",
    run: async ({ keys, signIn }, made) => {
      const { key, value } = await keys.create("ada", { alias: "laptop" });
      expect(await signIn.principalOf(value)).toEqual({ kind: "api_key", key });
      made.keyId = key.id;
    },
  },
  { action: "api_key.update", run: ({ keys }, { keyId }) => keys.update("ada", keyId, { limits: { maxRequests: 5 } }) },
  {
    action: "api_key.rotate",
    run: async ({ keys, signIn }, { keyId }) => {
      const { key, value } = await keys.rotate("ada", keyId);
      expect(await signIn.principalOf(value)).toEqual({ kind: "api_key", key });
    },
  },
  {
    action: "api_key.reset_usage",
    prepare: ({ stores }, { keyId }) => stores.ledger.append(sampleEntry(1, { keyId })),
    run: ({ keys }, { keyId }) => keys.resetUsage("ada", keyId),
  },
  { action: "api_key.delete", run: ({ keys }, { keyId }) => keys.remove("ada", keyId) },
  {
    action: "github_token.create",
    run: async ({ tokens }, made) => {
      made.tokenId = (await tokens.create("ada", pasted("alice", "alice"))).token.id;
    },
  },
  {
    action: "github_token.update",
    run: ({ tokens }, { tokenId }) =>
      tokens.update("ada", tokenId, { alias: "renamed", token: new Secret(githubTokenOf("bob")) }),
  },
  { action: "github_token.update", run: ({ tokens }, { tokenId }) => tokens.toggle("ada", tokenId) },
  { action: "github_token.create", run: ({ tokens }) => tokens.ensure("carol", new Secret(githubTokenOf("carol"))) },
  { action: "github_token.update", run: ({ tokens }) => tokens.ensure("renamed", new Secret(githubTokenOf("alice"))) },
  { action: "github_token.delete", run: ({ tokens }, { tokenId }) => tokens.remove("ada", tokenId) },
  {
    action: "invite.create",
    run: async ({ invites, clock }, made) => {
      const { invite } = await invites.create("ada", {
        name: "grace",
        expiresAtMs: clock.nowMs() + 1_000,
        servesOwnerFirst: true,
        key: {},
      });
      made.inviteId = invite.id;
    },
  },
  { action: "invite.delete", run: ({ invites }, { inviteId }) => invites.remove("ada", inviteId) },
  {
    action: "team.create",
    run: async ({ teams }, made) => {
      made.teamId = (await teams.create("ada", { name: "Red" })).team.id;
    },
  },
  {
    action: "team.update",
    run: ({ teams }, { teamId }) => teams.update("ada", teamId, { limits: { maxRequests: 5 } }),
  },
  { action: "team.delete", run: ({ teams }, { teamId }) => teams.remove("ada", teamId) },
  { action: "settings.update", run: ({ settings }) => settings.update("ada", { routingStrategy: "fill_first" }) },
  {
    action: "batch.cancel",
    prepare: ({ stores, clock }) =>
      stores.batches.create({
        id: "batch_1",
        ownerId: "key_1",
        keyId: "key_1",
        ownerName: "laptop",
        api: "openai",
        protocol: "openai-chat",
        operation: "generate",
        wireHeaders: {},
        fileId: "file_1",
        metadata: {},
        createdAtMs: clock.nowMs(),
        expiresAtMs: clock.nowMs() + 1_000,
      }),
    run: ({ batches }) => batches.cancel("ada", "batch_1"),
  },
  { action: "session.delete", run: ({ sessions }) => sessions.remove("ada", ["conversation 1"]) },
];

test("a verb whose one write fails has changed nothing and told nothing, and can be done again", async () => {
  const bench = await setUp();
  const { readState, trail, failAt } = bench;
  const made: Made = { code: noCode, userId: "", keyId: "", tokenId: "", inviteId: "", session: noCode, teamId: "" };
  for (const { action, prepare, run } of verbs) {
    await prepare?.(bench, made);
    const [state, told] = [await readState(), await trail()];
    failAt(1);
    await expect(run(bench, made), action).rejects.toMatchObject({ code: "unavailable" });
    expect(await readState(), action).toEqual(state);
    expect(await trail(), action).toEqual(told);
    // Whatever it writes beside its change, such as what GitHub tells of a token, may fail as well.
    failAt(2);
    await run(bench, made);
    failAt(0);
    if (action !== "user.sign_in") expect(await readState(), action).not.toEqual(state);
    expect((await trail()).slice(told.length), action).toMatchObject([{ action }]);
  }
});

test("the first admin of the settings is made and told of, or neither", async () => {
  const { signIn, readState, trail, failAt } = await setUp();
  failAt(1);
  await expect(signIn.ensureFirstAdmin("ada", password)).rejects.toMatchObject({ code: "unavailable" });
  expect([(await readState()).users, await trail()]).toEqual([[], []]);
  await signIn.ensureFirstAdmin("ada", password);
  expect(await trail()).toMatchObject([{ actor: "system", action: "user.setup" }]);
});

/** Of verbs that are several changes, each one step, which `seats.test.ts` tries. */
const steps = ["seat.consent", "seat.join", "seat.leave"];

test("every action that the sources put on the trail is tried here", async () => {
  const directory = path.join(import.meta.dirname, "..");
  const files = (await readdir(directory, { recursive: true })).filter((file) => /(?<!\.test)\.ts$/.test(file));
  const sources = await Promise.all(files.map((file) => readFile(path.join(directory, file), "utf8")));
  const actions = sources.flatMap((source) =>
    [...source.matchAll(/\baudit\([^,()]+, "([a-z_.]+)"/g)].map(([, action = ""]) => action),
  );
  const tried = [...verbs.map(({ action }) => action), ...steps];
  expect([...new Set(actions)].sort()).toEqual([...new Set(tried)].sort());
});
