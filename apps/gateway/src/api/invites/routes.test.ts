import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test, vi } from "vitest";
import { CidrList } from "../../env/cidr-list.js";
import type { OpenGatewayOptions } from "../../testing/open-gateway.js";
import { openServingGateway } from "../../testing/serving.js";
import type { AuditPage } from "../audit/schemas.js";
import type { CreatedApiKey } from "../keys/schemas.js";
import type { CreatedInvite, InvitationView, InviteList, InviteView } from "./schemas.js";

const grace = { login: "grace", token: "gho_grace0123456789" };
const accounts = [{ login: "alice", token: "gho_alice0123456789" }, grace];

async function setUp(options: OpenGatewayOptions = {}) {
  const gateway = await openServingGateway({ accounts }, options);
  const { admin, url } = gateway;
  const call = (method: string, route: string, body?: unknown, key?: string) =>
    fetch(url + route, {
      method,
      redirect: "manual",
      headers: { "content-type": "application/json", ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const invite = async (body: object = {}): Promise<CreatedInvite & { readonly code: string }> => {
    const created = await admin<CreatedInvite>("POST", "/api/admin/invites", { name: "grace", ...body });
    expect(created.status).toBe(201);
    return { ...created.body, code: created.body.link.split("/").at(-1) ?? "" };
  };
  return { ...gateway, call, invite };
}

const chat = { model: "gpt-5-mini", messages: [{ role: "user", content: "hi" }] };

test("a colleague is invited, agrees, joins, asks with the own seat first, and leaves with nothing of the token left", async () => {
  const { admin, call, invite, provider, directory } = await setUp();
  const { code, link, id } = await invite({ key: { max_requests: 5, limit_period: "month" } });
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join\/[A-Za-z0-9]{32}$/);
  const page = await call("GET", `/join/${code}`);
  expect([page.status, page.headers.get("location")]).toEqual([302, `/join?code=${code}`]);

  const shown = (await (await call("GET", `/api/join/${code}`)).json()) as InvitationView;
  expect(shown).toMatchObject({ name: "grace", invited_by: "ada", own_seat_first: true, device_flow: false });
  expect(shown.consent_text).toContain("I can leave at any time");

  const body = { method: "paste", consent_text: shown.consent_text, token: grace.token };
  const answer = await call("POST", `/api/join/${code}`, body);
  const { key } = (await answer.json()) as { readonly key: CreatedApiKey };
  expect([answer.status, key]).toMatchObject([
    201,
    { alias: "grace", max_requests: 5, limit_period: "month", seat_token_id: expect.stringMatching(/^tok_/) },
  ]);
  expect((await call("POST", `/api/join/${code}`, body)).status).toBe(409);

  for (let turn = 0; turn < 4; turn += 1) {
    const served = await call("POST", "/v1/chat/completions", chat, key.key);
    expect(served.status).toBe(200);
    await served.text();
  }
  const { rows } = await provider.statistics.report({ fromMs: 0, toMs: Date.now() + 1, groupBy: "token" });
  expect(rows.map(({ group, requests }) => [group, requests])).toEqual([[key.seat_token_id, 4]]);

  expect((await call("DELETE", "/api/me/seat", undefined, key.key)).status).toBe(204);
  expect((await call("POST", "/v1/chat/completions", chat, key.key)).status).toBe(401);
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  for (const file of files.filter((found) => found.isFile())) {
    const bytes = await readFile(path.join(file.parentPath, file.name));
    expect([file.name, bytes.includes(grace.token)]).toEqual([file.name, false]);
  }
  const { invites } = (await admin<InviteList>("GET", "/api/admin/invites")).body;
  expect(invites).toMatchObject([
    { id, status: "left", created_by: "ada", key_id: key.id, consent: { text: shown.consent_text } },
  ]);
  const { events } = (await admin<AuditPage>("GET", "/api/admin/audit?limit=50")).body;
  const actions = events.map(({ action }) => action);
  for (const action of ["invite.create", "seat.consent", "seat.join", "seat.leave"]) expect(actions).toContain(action);
});

test("behind a proxy with TLS the link is an https one", async () => {
  const { admin } = await setUp({ trustProxy: new CidrList(["127.0.0.1"]) });
  const headers = { "x-forwarded-proto": "https", host: "llm.example" };
  const created = await admin<CreatedInvite>("POST", "/api/admin/invites", { name: "grace" }, headers);
  expect(created.body.link).toMatch(/^https:\/\/[^/]+\/join\/[A-Za-z0-9]{32}$/);
  const behindNothing = await admin<CreatedInvite>("POST", "/api/admin/invites", { name: "hal" });
  expect(behindNothing.body.link).toMatch(/^http:/);
});

test("the answer with the key is not kept, and asking for its head does not take it", async () => {
  const { provider, url, invite } = await setUp();
  const { code } = await invite();
  const issued = await provider.keys.create("ada", { alias: "of the flow" });
  const signIn = {
    id: "dev_1",
    alias: "grace",
    userCode: "ABCD-1234",
    verificationUri: "https://github.com/login/device",
    expiresAtMs: 0,
    intervalMs: 5_000,
    state: { status: "complete", tokenId: "tok_1" },
  } as const;
  const deviceFlow = vi.spyOn(provider.seats, "deviceFlow").mockResolvedValue({ signIn, key: issued });
  const path = `${url}/api/join/${code}/device/dev_1`;
  const head = await fetch(path, { method: "HEAD" });
  expect([head.status, head.headers.get("allow"), deviceFlow.mock.calls]).toEqual([405, "GET", []]);
  const answer = await fetch(path);
  expect(await answer.json()).toMatchObject({ status: "complete", key: { key: issued.value.reveal() } });
  expect([answer.headers.get("cache-control"), answer.headers.get("etag")]).toEqual(["no-store", null]);
});

test("an invitation can be taken back, and opens nothing to whoever agrees to other words or brings a refused token", async () => {
  const { admin, call, invite } = await setUp();
  const { code, id } = await invite({ own_seat_first: false, expires_in_hours: 1 });
  const { consent_text } = (await (await call("GET", `/api/join/${code}`)).json()) as InvitationView;
  const join = (body: object) => call("POST", `/api/join/${code}`, { method: "paste", consent_text, ...body });
  expect((await join({ consent_text: "yes", token: grace.token })).status).toBe(400);
  expect((await join({ token: "gho_nobody0123456789" })).status).toBe(400);
  expect((await call("POST", `/api/join/${code}`, { method: "device", consent_text })).status).toBe(400);
  expect((await call("GET", `/api/join/${code}/device/dev_1`)).status).toBe(404);
  const { invites } = (await admin<{ readonly invites: readonly InviteView[] }>("GET", "/api/admin/invites")).body;
  expect(invites).toMatchObject([{ status: "open", joined_at: null, consent: null, own_seat_first: false }]);
  expect((await admin("DELETE", `/api/admin/invites/${id}`)).status).toBe(204);
  expect((await join({ token: grace.token })).status).toBe(404);
});

test("leaving is for keys that came with a seat, and for no session", async () => {
  const { admin, call, provider } = await setUp();
  const { value } = await provider.keys.create("ada", { alias: "plain" });
  expect((await call("DELETE", "/api/me/seat", undefined, value.reveal())).status).toBe(404);
  expect([401, 403]).toContain((await admin("DELETE", "/api/me/seat")).status);
});

test("a rotated key's earlier value works until the given time", async () => {
  const { admin, call, provider } = await setUp();
  const { key, value } = await provider.keys.create("ada", { alias: "plain" });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const rotate = (query = "") => admin<CreatedApiKey>("POST", `/api/admin/api-keys/${key.id}/rotate${query}`);
  const first = await rotate(`?overlap_until=${until}`);
  expect(first.body.previous_value_until).toBe(until);
  const models = async (used: string) => (await call("GET", "/v1/models", undefined, used)).status;
  expect([await models(value.reveal()), await models(first.body.key)]).toEqual([200, 200]);
  const second = await rotate();
  expect(second.body.previous_value_until).toBeNull();
  expect([await models(value.reveal()), await models(first.body.key), await models(second.body.key)]).toEqual([
    401, 401, 200,
  ]);
  const far = new Date(Date.now() + 31 * 86_400_000).toISOString();
  expect((await rotate(`?overlap_until=${far}`)).status).toBe(400);
});
