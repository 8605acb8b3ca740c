import { dayMs, defaultSettings, Secret } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { type DeriveKey, deriveKey } from "../passwords/derive-key.js";
import { PasswordHasher } from "../passwords/password-hasher.js";
import { openBench } from "../testing/open-bench.js";
import { KeyAdmin } from "./key-admin.js";
import { SignIn } from "./sign-in.js";
import { UserAdmin } from "./user-admin.js";

const password = new Secret("correct horse battery");

async function setUp() {
  const bench = await openBench();
  let settings = defaultSettings;
  // Many guesses are made here: each costs a thousandth of what it costs in earnest.
  const derive: DeriveKey = (work) => deriveKey({ ...work, cost: 32 });
  const passwords = new PasswordHasher({ ...bench, derive });
  const options = { ...bench, passwords, legacyKey: new Secret("legacy key"), settings: () => settings };
  const signIn = new SignIn(options);
  const firstAdmin = async () => {
    const code = await signIn.issueSetupCode();
    if (code === null) throw new Error("no setup code");
    return signIn.setUp("Ada", password, code);
  };
  const switchLegacyKey = (legacyKeyEnabled: boolean) => {
    settings = { ...settings, legacyKeyEnabled };
  };
  return {
    ...bench,
    signIn,
    firstAdmin,
    switchLegacyKey,
    keys: new KeyAdmin({ ...options, lastClient: () => null }),
    users: new UserAdmin({ ...options, users: bench.stores.users }),
  };
}

describe("setup", () => {
  it("makes the first admin with the code of any gateway, once", async () => {
    const { signIn, trail } = await setUp();
    const code = (await signIn.issueSetupCode()) ?? password;
    const other = (await signIn.issueSetupCode()) ?? password;
    expect(await signIn.isSetupRequired()).toBe(true);
    const { user, token } = await signIn.setUp("Ada", password, code);
    expect(user).toMatchObject({ username: "Ada", role: "admin" });
    expect(await signIn.userOf(token)).toEqual(user);
    expect(await signIn.isSetupRequired()).toBe(false);
    expect(await signIn.issueSetupCode()).toBeNull();
    await expect(signIn.setUp("Eve", password, other)).rejects.toMatchObject({ code: "conflict" });
    expect((await trail()).map(({ actor, action }) => [actor, action])).toEqual([["Ada", "user.setup"]]);
  });

  it("makes exactly one admin of parallel ones with the right code", async () => {
    const { signIn, stores } = await setUp();
    const code = (await signIn.issueSetupCode()) ?? password;
    const attempts = await Promise.allSettled(["a", "b", "c", "d"].map((name) => signIn.setUp(name, password, code)));
    expect(attempts.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await stores.users.count()).toBe(1);
  });

  it("takes a code for a week", async () => {
    const { signIn, clock } = await setUp();
    const code = (await signIn.issueSetupCode()) ?? password;
    clock.advance(7 * dayMs);
    await expect(signIn.setUp("ada", password, code)).rejects.toMatchObject({
      code: "permission_denied",
      message: expect.stringContaining("a restart prints a new one"),
    });
    const renewed = (await signIn.issueSetupCode()) ?? password;
    clock.advance(7 * dayMs - 1);
    expect((await signIn.setUp("ada", password, renewed)).user.username).toBe("ada");
  });

  it("is not closed by wrong codes", async () => {
    const { signIn } = await setUp();
    const code = (await signIn.issueSetupCode()) ?? password;
    for (let index = 0; index < 30; index += 1) {
      await expect(signIn.setUp("eve", password, new Secret(`guess ${index}`))).rejects.toMatchObject({
        code: "permission_denied",
        param: "setup_code",
      });
    }
    expect((await signIn.setUp("ada", password, code)).user.username).toBe("ada");
  });

  it("by the start-up settings happens once and leaves later changes alone", async () => {
    const { signIn, stores } = await setUp();
    await signIn.ensureFirstAdmin("ada", password);
    await signIn.ensureFirstAdmin("eve", password);
    expect((await stores.users.list()).map(({ username }) => username)).toEqual(["ada"]);
  });
});

describe("sign-in", () => {
  it("takes the name in any case, and gives a session of seven days that only its token opens", async () => {
    const { signIn, firstAdmin, clock, stores } = await setUp();
    await firstAdmin();
    const { user, token, expiresAtMs } = await signIn.signIn(" aDA ", password, null);
    expect(expiresAtMs).toBe(clock.nowMs() + 7 * dayMs);
    expect(await signIn.userOf(token)).toEqual(user);
    expect(await signIn.userOf(new Secret(`${token.reveal()}x`))).toBeNull();
    expect(await stores.users.findSession(token.reveal(), clock.nowMs())).toBeNull();
    clock.advance(7 * dayMs);
    expect(await signIn.userOf(token)).toBeNull();
  });

  it("says the same of a wrong name and a wrong password, and puts neither on the trail", async () => {
    const { signIn, firstAdmin, trail } = await setUp();
    await firstAdmin();
    const wrong = { code: "unauthenticated", message: "Wrong username or password." };
    await expect(signIn.signIn("ada", new Secret("wrong"), null)).rejects.toMatchObject(wrong);
    await expect(signIn.signIn("eve", password, null)).rejects.toMatchObject(wrong);
    expect(await trail()).toHaveLength(1);
  });

  it("refuses the eleventh of parallel guesses, and lets another address in", async () => {
    const { signIn, firstAdmin } = await setUp();
    await firstAdmin();
    const guess = (index: number) => signIn.signIn("ada", new Secret(`guess ${index}`), "10.0.0.1");
    const guesses = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => guess(index)));
    const codes = guesses.map((result) => result.status === "rejected" && (result.reason as { code: string }).code);
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
    expect(codes.filter((code) => code === "limit_exceeded")).toHaveLength(10);
    await expect(signIn.signIn("ada", password, "10.0.0.1")).rejects.toMatchObject({ code: "limit_exceeded" });
    expect((await signIn.signIn("ada", password, "10.0.0.2")).user.username).toBe("Ada");
  });

  it("on a device that signed in before is not closed by guesses elsewhere, until the password changes", async () => {
    const { signIn, firstAdmin, users } = await setUp();
    const { user, deviceToken } = await firstAdmin();
    for (let host = 0; host < 10; host += 1) {
      const guesses = Array.from({ length: 10 }, () => signIn.signIn("ada", new Secret("guess"), `10.0.0.${host}`));
      await Promise.allSettled(guesses);
    }
    await expect(signIn.signIn("ada", password, "10.0.1.1")).rejects.toMatchObject({ code: "limit_exceeded" });
    expect((await signIn.signIn("ada", password, "10.0.0.1", { deviceToken })).user.id).toBe(user.id);
    const stranger = new Secret(`${deviceToken.reveal().slice(0, -1)}?`);
    await expect(signIn.signIn("ada", password, "10.0.1.1", { deviceToken: stranger })).rejects.toMatchObject({
      code: "limit_exceeded",
    });
    await users.update("ada", user.id, { password: new Secret("another password") });
    await expect(
      signIn.signIn("ada", new Secret("another password"), "10.0.1.1", { deviceToken }),
    ).rejects.toMatchObject({
      code: "limit_exceeded",
    });
  });

  it("checks a password without beginning a session, and guesses count as at any sign-in", async () => {
    const { signIn, firstAdmin, trail } = await setUp();
    const { user } = await firstAdmin();
    const [before, told] = [await signIn.sessions.list(user.id), await trail()];
    expect((await signIn.checkPassword("ada", password, "10.0.0.1")).id).toBe(user.id);
    for (let guesses = 0; guesses < 10; guesses += 1) {
      await expect(signIn.checkPassword("ada", new Secret("guess"), "10.0.0.1")).rejects.toMatchObject({
        code: "unauthenticated",
      });
    }
    const refused = { code: "limit_exceeded" };
    await expect(signIn.checkPassword("ada", password, "10.0.0.1")).rejects.toMatchObject(refused);
    await expect(signIn.signIn("ada", password, "10.0.0.1")).rejects.toMatchObject(refused);
    expect([await signIn.sessions.list(user.id), await trail()]).toEqual([before, told]);
  });

  it("begins a session of a checked user without another try, on a device that is known from then on", async () => {
    const { signIn, firstAdmin, users, trail } = await setUp();
    const { user } = await firstAdmin();
    for (let guesses = 0; guesses < 10; guesses += 1) {
      await signIn.checkPassword("ada", new Secret("guess"), "10.0.0.1").catch(() => {});
    }
    const changed = await users.update("Ada", user.id, { password: new Secret("another password") });
    const origin = { method: "password", clientIp: "10.0.0.1", userAgent: "browser" } as const;
    const { token, deviceToken } = await signIn.begin(changed, origin);
    expect(await signIn.sessionOf(token)).toMatchObject({ user: { id: user.id }, session: origin });
    expect((await trail()).at(-1)).toMatchObject({
      actor: "Ada",
      action: "user.sign_in",
      detail: { method: "password" },
    });
    const again = signIn.checkPassword("ada", new Secret("another password"), "10.0.0.1", deviceToken);
    expect((await again).id).toBe(user.id);
  });

  it("makes no more than ten hashes for 64 parallel tries of one address with made-up names", async () => {
    const { signIn, firstAdmin } = await setUp();
    await firstAdmin();
    const tries = await Promise.allSettled(
      Array.from({ length: 64 }, (_, index) => signIn.signIn(`name ${index}`, password, "10.0.0.1")),
    );
    const codes = tries.map((result) => result.status === "rejected" && (result.reason as { code: string }).code);
    expect(codes.filter((code) => code === "unauthenticated")).toHaveLength(10);
    expect(codes.filter((code) => code === "limit_exceeded")).toHaveLength(54);
    expect((await signIn.signIn("ada", password, "10.0.0.1")).user.username).toBe("Ada");
  });

  it("ends by signing out, and everywhere by a new password", async () => {
    const { signIn, firstAdmin, users } = await setUp();
    const first = await firstAdmin();
    const [second, third] = [await signIn.signIn("ada", password, null), await signIn.signIn("ada", password, null)];
    await signIn.signOut(first.token);
    expect(await signIn.userOf(first.token)).toBeNull();
    expect(await signIn.userOf(second.token)).not.toBeNull();
    await users.update("Ada", first.user.id, { password: new Secret("another password") });
    expect(await signIn.userOf(second.token)).toBeNull();
    expect(await signIn.userOf(third.token)).toBeNull();
    await expect(signIn.signIn("ada", password, null)).rejects.toMatchObject({ code: "unauthenticated" });
    expect((await signIn.signIn("ada", new Secret("another password"), null)).user.id).toBe(first.user.id);
  });
});

describe("whose a data request is", () => {
  it("follows from a managed key, the legacy key or a session", async () => {
    const { signIn, firstAdmin, keys } = await setUp();
    const { token, user } = await firstAdmin();
    const issued = await keys.create("Ada", { alias: "laptop" });
    expect(await signIn.principalOf(issued.value)).toEqual({ kind: "api_key", key: issued.key });
    expect(await signIn.principalOf(new Secret("legacy key"))).toEqual({ kind: "legacy_key" });
    expect(await signIn.principalOf(token)).toEqual({ kind: "session", user });
    expect(await signIn.userOf(issued.value)).toBeNull();
  });

  it("is refused for a key that is unknown, disabled, expired, rotated or deleted", async () => {
    const { signIn, keys, clock } = await setUp();
    const refused = (value: Secret) =>
      expect(signIn.principalOf(value)).rejects.toMatchObject({ code: "unauthenticated" });
    await refused(new Secret("clp_unknown"));
    const { key, value } = await keys.create("ada", { alias: "laptop", expiresAtMs: clock.nowMs() + 1_000 });
    await keys.update("ada", key.id, { enabled: false });
    await refused(value);
    await keys.update("ada", key.id, { enabled: true });
    expect(await signIn.principalOf(value)).toMatchObject({ kind: "api_key" });
    clock.advance(1_000);
    await refused(value);
    await keys.update("ada", key.id, { expiresAtMs: null });
    const rotated = await keys.rotate("ada", key.id);
    await refused(value);
    expect(await signIn.principalOf(rotated.value)).toMatchObject({ kind: "api_key" });
    await keys.remove("ada", key.id);
    await refused(rotated.value);
  });

  it("is refused for the legacy key while that is switched off", async () => {
    const { signIn, switchLegacyKey } = await setUp();
    switchLegacyKey(false);
    await expect(signIn.principalOf(new Secret("legacy key"))).rejects.toMatchObject({
      code: "unauthenticated",
      message: expect.stringMatching(/switched off/),
    });
    switchLegacyKey(true);
    expect(await signIn.principalOf(new Secret("legacy key"))).toEqual({ kind: "legacy_key" });
  });
});
