import { expect, test } from "vitest";
import { chatBody, openServingGateway } from "../../testing/serving.js";
import type { AuditPage } from "../audit/schemas.js";
import type { ApiKeyView, CreatedApiKey } from "../keys/schemas.js";
import type { Stats } from "../statistics/schemas.js";
import type { TeamBody, TeamList } from "./schemas.js";

const root = "/api/admin/teams";

async function setUp() {
  const gateway = await openServingGateway();
  const { admin, url } = gateway;
  const createTeam = async (body: object): Promise<TeamBody> => (await admin<TeamBody>("POST", root, body)).body;
  const createKey = async (body: object): Promise<CreatedApiKey> =>
    (await admin<CreatedApiKey>("POST", "/api/admin/api-keys", body)).body;
  const ask = async (key: string, text = "hi") => {
    const answer = await fetch(`${url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(chatBody(text)),
    });
    return { status: answer.status, text: await answer.text() };
  };
  return { ...gateway, createTeam, createKey, ask };
}

test("200 requests at once over the ten keys of a team of 50: 50 are answered", async () => {
  const { admin, createTeam, createKey, ask } = await setUp();
  const team = await createTeam({ name: "Red", max_requests: 50, limit_period: "day" });
  const keys = await Promise.all(
    Array.from({ length: 10 }, (_, index) => createKey({ alias: `key ${index}`, team_id: team.id, max_requests: 20 })),
  );
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, index) => ask(keys[index % keys.length]?.key ?? "")),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(50);
  const refused = answers.filter(({ status }) => status === 402);
  expect(refused).toHaveLength(150);
  expect(refused[0]?.text).toContain('The team \\"Red\\" may use 50 requests per day');
  const { teams } = (await admin<TeamList>("GET", root)).body;
  expect(teams).toMatchObject([{ id: team.id, current_requests: 50, max_requests: 50 }]);
  expect(teams[0]?.key_ids).toHaveLength(10);
}, 60_000);

test("the trail has who changed a team, and from where", async () => {
  const { admin, createTeam } = await setUp();
  const { id } = await createTeam({ name: "Red" });
  await admin("PATCH", `${root}/${id}`, { name: "Blue" });
  await admin("DELETE", `${root}/${id}`);
  const { events } = (await admin<AuditPage>("GET", "/api/admin/audit?limit=10")).body;
  const ofTeams = events.filter(({ action }) => action.startsWith("team."));
  expect(ofTeams.map(({ action, actor, client_ip }) => [action, actor, client_ip])).toEqual(
    ["team.delete", "team.update", "team.create"].map((action) => [action, "ada", "127.0.0.1"]),
  );
});

test("a team is changed, keys join and leave it, and it is deleted once it is empty", async () => {
  const { admin, createTeam, createKey, ask } = await setUp();
  const team = await createTeam({ name: "Red" });
  expect(team).toMatchObject({ name: "Red", max_requests: null, limit_period: "lifetime", key_ids: [] });
  expect((await admin("POST", root, { name: "RED" })).status).toBe(409);
  const key = await createKey({ alias: "one", team_id: team.id });
  expect(key.team_id).toBe(team.id);
  expect((await admin("POST", "/api/admin/api-keys", { alias: "two", team_id: "team_x" })).status).toBe(400);
  expect((await ask(key.key)).status).toBe(200);
  const changed = await admin<TeamBody>("PATCH", `${root}/${team.id}`, { max_requests: 1 });
  expect(changed.body).toMatchObject({ name: "Red", max_requests: 1, current_requests: 1 });
  expect((await ask(key.key)).status).toBe(402);
  expect((await admin("DELETE", `${root}/${team.id}`)).status).toBe(409);
  const left = await admin<ApiKeyView>("PATCH", `/api/admin/api-keys/${key.id}`, { team_id: null });
  expect(left.body.team_id).toBeNull();
  expect((await ask(key.key)).status).toBe(200);
  expect((await admin("DELETE", `${root}/${team.id}`)).status).toBe(204);
  expect((await admin("DELETE", `${root}/${team.id}`)).status).toBe(404);
  expect((await admin("PATCH", `${root}/${team.id}`, {})).status).toBe(404);
});

test("statistics by team add up the keys that are in it", async () => {
  const { admin, createTeam, createKey, ask, send } = await setUp();
  const team = await createTeam({ name: "Red" });
  const keys = [
    await createKey({ alias: "one", team_id: team.id }),
    await createKey({ alias: "two", team_id: team.id }),
  ];
  for (const { key } of [...keys, ...keys.slice(1)]) await ask(key);
  await (await send("/v1/chat/completions", chatBody("hi"))).text();
  const stats = async (query: string) => (await admin<Stats>("GET", `/api/stats?group_by=team${query}`)).body;
  const byTeam = await stats("");
  expect(byTeam.totals.requests).toBe(4);
  expect(byTeam.rows.map(({ group, label, requests }) => [group, label, requests])).toEqual(
    expect.arrayContaining([
      [team.id, "Red", 3],
      [null, null, 1],
    ]),
  );
  expect(byTeam.rows.find(({ group }) => group === team.id)?.latency_p50_ms).toBeNull();
  const byKey = await stats("&split_by=key");
  expect(
    byKey.rows
      .filter(({ group }) => group === team.id)
      .map(({ split_label: alias }) => alias)
      .sort(),
  ).toEqual(["one", "two"]);
  const byModel = await stats("&split_by=model");
  expect(byModel.rows).toContainEqual(expect.objectContaining({ group: team.id, split: "gpt-5-mini", requests: 3 }));
});
