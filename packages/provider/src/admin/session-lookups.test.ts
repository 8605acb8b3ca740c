import { Secret } from "@copilot-llm/model";
import { expect, test, vi } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { ConsoleSessions } from "./console-sessions.js";
import { UserAdmin } from "./user-admin.js";

const origin = { method: "password", clientIp: null, userAgent: null } as const;

/** A token that looks like one, and that nobody was given. */
const madeUp = (index: number) => new Secret(`cls_${String(index).padStart(40, "a")}`);

async function setUp() {
  const bench = await openBench();
  const { users } = bench.stores;
  const findSession = vi.spyOn(users, "findSession");
  const sessions = new ConsoleSessions({ ...bench, users });
  const ada = await new UserAdmin({ ...bench, users }).create("system", {
    username: "ada",
    password: new Secret("password a"),
    role: "admin",
  });
  const begin = async (): Promise<Secret> => {
    const { session, token } = sessions.begin(ada, origin);
    await users.createSession(session, null);
    return token;
  };
  return { ...bench, sessions, findSession, begin };
}

test("what cannot be a session's token is not looked for", async () => {
  const { sessions, findSession } = await setUp();
  for (const text of ["clp_0123456789", "cls_short", `cls_${"a".repeat(41)}`, `cls_${"-".repeat(40)}`, ""]) {
    expect(await sessions.find(new Secret(text))).toBeNull();
  }
  expect(findSession).not.toHaveBeenCalled();
});

test("a token that nobody was given is looked for once", async () => {
  const { sessions, findSession } = await setUp();
  for (let tries = 0; tries < 50; tries += 1) expect(await sessions.find(madeUp(1))).toBeNull();
  expect(findSession).toHaveBeenCalledTimes(1);
});

test("of made-up tokens at once only a few are looked for, while who is signed in stays so", async () => {
  const { clock, sessions, findSession, begin } = await setUp();
  const token = await begin();
  expect(await sessions.find(token)).not.toBeNull();
  findSession.mockClear();
  const tries = await Promise.allSettled(Array.from({ length: 1_000 }, (_, index) => sessions.find(madeUp(index))));
  expect(findSession).toHaveBeenCalledTimes(100);
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
  expect(tries.at(-1)).toMatchObject({ reason: { code: "limit_exceeded", retryAfterMs: 1_000 } });
  expect(await sessions.find(token)).not.toBeNull();

  // Whoever signs in meanwhile is let in as soon as the second is over.
  const late = await begin();
  await expect(sessions.find(late)).rejects.toMatchObject({ code: "limit_exceeded" });
  clock.advance(1_000);
  expect(await sessions.find(late)).not.toBeNull();
});
