import { hourMs, Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { ConsoleSessions, sessionId } from "./console-sessions.js";
import { UserAdmin } from "./user-admin.js";

const origin = { method: "password", clientIp: "203.0.113.7", userAgent: "curl/8" } as const;

async function setUp() {
  const bench = await openBench();
  const { users } = bench.stores;
  const sessions = new ConsoleSessions({ ...bench, users });
  const admins = new UserAdmin({ ...bench, users });
  const ada = await admins.create("system", { username: "ada", password: new Secret("password a"), role: "admin" });
  const vic = await admins.create("ada", { username: "vic", password: new Secret("password v"), role: "viewer" });
  const begin = async (user = ada): Promise<Secret> => {
    const { session, token } = sessions.begin(user, origin);
    await users.createSession(session, null);
    return token;
  };
  /** Uses the session, and waits until that is written down. */
  const use = async (token: Secret): Promise<boolean> => {
    const open = await sessions.find(token);
    if (open === null) return false;
    await users.removeSession("no session: its turn comes after what is written", null);
    return true;
  };
  return { ...bench, sessions, ada, vic, begin, use };
}

test("a session ends after a day without use", async () => {
  const { clock, begin, use } = await setUp();
  const [left, used] = [await begin(), await begin()];
  clock.advance(23 * hourMs);
  expect(await use(used)).toBe(true);
  clock.advance(2 * hourMs);
  expect([await use(left), await use(used)]).toEqual([false, true]);
});

test("a session ends after a week, however much it is used", async () => {
  const { clock, begin, use } = await setUp();
  const token = await begin();
  for (let hours = 0; hours < 7 * 24 - 12; hours += 12) {
    clock.advance(12 * hourMs);
    expect(await use(token)).toBe(true);
  }
  clock.advance(12 * hourMs - 1);
  expect(await use(token)).toBe(true);
  clock.advance(1);
  expect(await use(token)).toBe(false);
});

test("sessions are listed with when they were seen, one's own or everyone's", async () => {
  const { clock, sessions, ada, vic, begin, use } = await setUp();
  const token = await begin();
  await begin(vic);
  clock.advance(hourMs);
  await use(token);
  const listed = async (userId: string | null) =>
    (await sessions.list(userId)).map(({ user, session }) => [user.username, session.lastSeenAtMs, session.clientIp]);
  expect(await listed(ada.id)).toEqual([["ada", clock.nowMs(), "203.0.113.7"]]);
  expect(await listed(null)).toEqual([
    ["ada", clock.nowMs(), "203.0.113.7"],
    ["vic", clock.nowMs() - hourMs, "203.0.113.7"],
  ]);
});

test("a session is ended by its id, by whom it belongs to or for anybody; the trail says so", async () => {
  const { sessions, ada, vic, begin, trail } = await setUp();
  await begin();
  const own = await begin(vic);
  const [open] = await sessions.list(ada.id);
  if (open === undefined) throw new Error("no session");
  const id = sessionId(open.session);
  await expect(sessions.revoke("vic", id, vic.id)).rejects.toMatchObject({ code: "not_found" });
  await sessions.revoke({ username: "ada", clientIp: "203.0.113.9" }, id, null);
  await expect(sessions.revoke("ada", id, null)).rejects.toMatchObject({ code: "not_found" });
  expect(await sessions.list(ada.id)).toEqual([]);
  expect((await trail()).at(-1)).toMatchObject({
    actor: "ada",
    action: "session.revoke",
    subjectId: ada.id,
    detail: { username: "ada", session_id: id, client_ip: "203.0.113.9" },
  });
  await sessions.end(own);
  expect(await sessions.list(null)).toEqual([]);
  expect((await trail()).at(-1)).toMatchObject({ actor: "vic", action: "user.sign_out" });
});

test("one's other sessions end together", async () => {
  const { sessions, vic, begin } = await setUp();
  const kept = await begin();
  await begin();
  await begin();
  const other = await begin(vic);
  const open = await sessions.find(kept);
  if (open === null) throw new Error("no session");
  expect(await sessions.revokeOthers("ada", open)).toBe(2);
  expect([await sessions.find(kept), await sessions.find(other)]).toEqual([expect.anything(), expect.anything()]);
  expect(await sessions.list(null)).toHaveLength(2);
});
