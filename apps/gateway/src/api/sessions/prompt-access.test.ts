import { Secret } from "@copilot-llm/model";
import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { SessionPage } from "./schemas.js";
import type { SessionTurnPage } from "./turn-schemas.js";

const secret = "the plan for Lisbon";

/** One recorded request, and what a viewer and an admin get from a path of it. */
async function openRecordedGateway() {
  const gateway = await openServingGateway();
  const { url, provider, admin, send } = gateway;
  const password = new Secret("correct horse battery");
  await provider.users.create("ada", { username: "vic", password, role: "viewer" });
  const viewer = (await provider.signIn.signIn("vic", password, null)).token.reveal();
  const answer = await send("/v1/chat/completions", chatBody(secret));
  await answer.text();
  const requestId = answer.headers.get("x-request-id") ?? "";
  const { body } = await admin<SessionPage>("GET", "/api/sessions");
  const sessionId = body.sessions[0]?.id ?? "";
  const paths = [
    "/api/sessions",
    `/api/sessions/${sessionId}`,
    `/api/sessions/${sessionId}/turns`,
    "/api/sessions?text=Lisbon",
    "/api/sessions/export",
    "/api/sessions/export?text=Lisbon&format=csv",
    `/api/requests/${requestId}/request`,
    `/api/requests/${requestId}/response`,
    `/api/search?q=${sessionId}`,
  ];
  const look = async (path: string) => {
    const response = await fetch(url + path, { headers: { authorization: `Bearer ${viewer}` } });
    return { path, status: response.status, shows: (await response.text()).includes("Lisbon") };
  };
  const lookEverywhere = async () => Promise.all(paths.map(look));
  return { ...gateway, look, lookEverywhere, requestId, sessionId };
}

test("a viewer sees what was said, unless an admin keeps it from viewers", async () => {
  const { admin, lookEverywhere, look, requestId } = await openRecordedGateway();
  for (const seen of await lookEverywhere()) {
    expect(seen).toMatchObject({ status: 200, shows: !seen.path.includes("format=csv") });
  }
  expect((await admin("PATCH", "/api/admin/settings", { viewers_see_prompts: false })).status).toBe(200);
  const looks = await lookEverywhere();
  expect(looks.filter(({ shows }) => shows)).toEqual([]);
  expect(
    looks.filter(({ status }) => status === 403).map(({ path }) => path.replace(/\/(req_|key_)[^/]+/, "")),
  ).toEqual([
    "/api/sessions/turns",
    "/api/sessions?text=Lisbon",
    "/api/sessions/export?text=Lisbon&format=csv",
    "/api/requests/request",
    "/api/requests/response",
  ]);
  expect(await look(`/api/requests/${requestId}/events`)).toMatchObject({ status: 403 });
  expect(await look("/api/requests?text=Lisbon")).toMatchObject({ status: 403 });
  expect(await look("/api/requests")).toMatchObject({ status: 200, shows: false });
  expect(await look(`/api/requests/${requestId}`)).toMatchObject({ status: 200 });
});

test("an admin sees what was said whatever viewers may", async () => {
  const { admin, requestId, sessionId } = await openRecordedGateway();
  await admin("PATCH", "/api/admin/settings", { viewers_see_prompts: false });
  expect((await admin("GET", `/api/requests/${requestId}/request`)).body).toEqual(chatBody(secret));
  const { body } = await admin<SessionTurnPage>("GET", `/api/sessions/${sessionId}/turns`);
  expect(body.turns.map(({ messages, answer }) => [messages, answer])).toEqual([
    [[{ role: "user", parts: [{ type: "text", text: secret }] }], [{ type: "text", text: `Echo: ${secret}` }]],
  ]);
});
