import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { openGateway } from "../../testing/open-gateway.js";
import type { SignInSessionList } from "./schemas.js";

const password = "correct horse battery";
const path = "/api/auth/sessions";

async function setUp() {
  const gateway = await openGateway();
  const { provider, url } = gateway;
  await provider.signIn.ensureFirstAdmin("ada", new Secret(password));
  await provider.users.create("ada", { username: "vic", password: new Secret(password), role: "viewer" });
  const signIn = async (username: string, userAgent: string) => {
    const response = await fetch(`${url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json", "user-agent": userAgent },
      body: JSON.stringify({ username, password }),
    });
    const { token } = (await response.json()) as { token: string };
    return async <Body = SignInSessionList>(method: string, to = "", body?: object) => {
      const answer = await fetch(url + (to.startsWith("/api") ? to : path + to), {
        method,
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, body: (text === "" ? null : JSON.parse(text)) as Body };
    };
  };
  return { ...gateway, signIn };
}

test("one sees one's own sessions, and an admin everyone's", async () => {
  const { signIn, provider } = await setUp();
  const [ada, phone, vic] = [
    await signIn("ada", "Desktop"),
    await signIn("ada", "Phone"),
    await signIn("vic", "Tablet"),
  ];
  const { sessions } = (await ada("GET")).body;
  expect(sessions.map(({ user_agent, current }) => [user_agent, current])).toEqual(
    expect.arrayContaining([
      ["Desktop", true],
      ["Phone", false],
    ]),
  );
  expect(sessions[0]).toMatchObject({ username: "ada", method: "password", client_ip: "127.0.0.1" });
  expect((await ada("GET", "?scope=all")).body.sessions).toHaveLength(3);
  expect((await vic("GET")).body.sessions.map(({ username }) => username)).toEqual(["vic"]);
  expect((await vic("GET", "?scope=all")).status).toBe(403);
  expect(JSON.stringify(sessions)).not.toMatch(/cls_|token/);
  expect((await provider.users.list()).every(({ lastSignInAtMs }) => lastSignInAtMs !== null)).toBe(true);
  expect(
    (await phone<{ users: { last_sign_in_at: string }[] }>("GET", "/api/admin/users")).body.users[0],
  ).toMatchObject({
    last_sign_in_at: expect.stringMatching(/Z$/),
    sign_in_method: "password",
  });
});

test("a session that is ended opens nothing any more; nobody but an admin ends another's", async () => {
  const { signIn } = await setUp();
  const [ada, phone, vic] = [
    await signIn("ada", "Desktop"),
    await signIn("ada", "Phone"),
    await signIn("vic", "Tablet"),
  ];
  const all = (await ada("GET", "?scope=all")).body.sessions;
  const idOf = (agent: string) => all.find(({ user_agent }) => user_agent === agent)?.id ?? "";
  expect((await vic("DELETE", `/${idOf("Phone")}`)).status).toBe(404);
  expect((await phone("GET")).status).toBe(200);
  expect((await ada("DELETE", `/${idOf("Phone")}`)).status).toBe(204);
  expect((await phone("GET")).status).toBe(401);
  expect((await ada("DELETE", `/${idOf("Tablet")}`)).status).toBe(204);
  expect((await vic("GET")).status).toBe(401);
  expect((await ada("DELETE", "/ses_unknown")).status).toBe(404);
});

test("one signs out everywhere else at once", async () => {
  const { signIn } = await setUp();
  const [ada, phone, vic] = [
    await signIn("ada", "Desktop"),
    await signIn("ada", "Phone"),
    await signIn("vic", "Tablet"),
  ];
  expect(await ada("DELETE")).toMatchObject({ status: 200, body: { ended: 1 } });
  expect([(await ada("GET")).status, (await phone("GET")).status, (await vic("GET")).status]).toEqual([200, 401, 200]);
});
