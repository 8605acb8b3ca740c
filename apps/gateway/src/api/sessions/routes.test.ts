import { expect, test } from "vitest";
import { chatBody, openServingGateway, type ServingGateway } from "../../testing/serving.js";
import type { SessionDetail, SessionPage } from "./schemas.js";
import type { SessionTurnPage } from "./turn-schemas.js";

const root = "/api/sessions";
const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

/** One conversation of three requests; each repeats what came before. */
async function converse({ send }: ServingGateway): Promise<void> {
  const messages: object[] = [{ role: "system", content: "Be brief." }];
  for (const words of ["What is a walrus?", "Where does it live?", 'sim: tool get_weather {"city":"Nome"}']) {
    messages.push(user(words));
    const response = await send("/v1/chat/completions", chatBody("", { messages }));
    const { choices } = (await response.json()) as { choices: { message: { content: string | null } }[] };
    messages.push(assistant(choices[0]?.message.content ?? ""));
  }
}

async function sessionsOf({ admin }: ServingGateway) {
  return (await admin<SessionPage>("GET", root)).body.sessions;
}

test("sessions are called by the user's first words", async () => {
  const gateway = await openServingGateway();
  const tagged = [user("<environment>cwd: /</environment>"), user(`  Fix the\n tests, ${"please ".repeat(40)}`)];
  await (await gateway.send("/v1/chat/completions", chatBody("", { messages: tagged }))).text();
  await converse(gateway);
  const titles = async () => (await sessionsOf(gateway)).map(({ title }) => title);
  const expected = ["What is a walrus?", expect.stringMatching(/^Fix the tests, please .*…$/)];
  expect(await titles()).toEqual(expected);
  expect(await titles()).toEqual(expected);
  expect((await sessionsOf(gateway))[1]?.title).toHaveLength(120);

  await gateway.provider.keys.update("ada", gateway.keyId, { recording: "metadata" });
  await (await gateway.send("/v1/chat/completions", chatBody("unheard"))).text();
  expect((await titles())[0]).toBeNull();
});

test("sessions are found by error code, client and id, and tell of theirs", async () => {
  const gateway = await openServingGateway();
  const { admin, send } = gateway;
  await (await send("/v1/chat/completions", chatBody("one"), { "user-agent": "Claude-Code/2.1" })).text();
  const refused = chatBody("two", { model: "no-such-model" });
  expect((await send("/v1/chat/completions", refused, { "user-agent": "codex/1" })).status).toBe(404);
  const find = async (query: string) => (await admin<SessionPage>("GET", `${root}?${query}`)).body.sessions;
  const [failed, served] = await find("");
  expect(served).toMatchObject({ error_code: null, client: "Claude-Code/2.1", initiator: "user" });
  expect(failed).toMatchObject({ error_code: "model_not_found", client: "codex/1" });
  const { records } = (await admin<SessionDetail>("GET", `${root}/${served?.id}`)).body;
  expect(served?.duration_ms).toBe(records[0]?.duration_ms);
  expect(await find("code=model_not_found")).toEqual([failed]);
  expect(await find("client=claude")).toEqual([served]);
  expect(await find(`session=${failed?.id}`)).toEqual([failed]);
  expect(await find(`session=${failed?.id}&client=claude`)).toEqual([]);
  expect((await admin("GET", `${root}?code=nonsense`)).status).toBe(400);
  const { body: page } = await admin<SessionPage>("GET", `${root}?text=%2F&limit=1`);
  expect(page).toMatchObject({ sessions: [failed], searched_to: failed?.last_at });
  const exported = (await admin<string>("GET", `${root}/export?client=claude`)).body;
  expect(exported.split("\n")).toHaveLength(2);
});

test("a session is told with its requests' bodies, or by facts only", async () => {
  const gateway = await openServingGateway();
  await converse(gateway);
  const [session] = await sessionsOf(gateway);
  const whole = (await gateway.admin<SessionDetail>("GET", `${root}/${session?.id}`)).body;
  expect(whole).toMatchObject({ title: "What is a walrus?", requests: 3 });
  expect(whole.records.map(({ request }) => JSON.parse(request ?? "").messages.length)).toEqual([2, 4, 6]);
  const facts = await gateway.admin<SessionDetail>("GET", `${root}/${session?.id}?bodies=omit`);
  expect(facts.headers.get("cache-control")).toBe("no-store");
  expect(facts.body).toEqual({
    ...whole,
    records: whole.records.map((record) => ({ ...record, request: null, response: null })),
  });
});

test("a session's turns say each thing once, a page at a time", async () => {
  const gateway = await openServingGateway();
  await converse(gateway);
  const [session] = await sessionsOf(gateway);
  const page = async (query = "") =>
    (await gateway.admin<SessionTurnPage>("GET", `${root}/${session?.id}/turns${query}`)).body;
  const { turns, next_cursor: end } = await page();
  expect(end).toBeNull();
  const said = (text: string) => [{ role: "user", parts: [{ type: "text", text }] }];
  expect(turns).toMatchObject([
    { is_recorded: true, system: "Be brief.", tools: [], messages: said("What is a walrus?") },
    { system: null, tools: null, messages: said("Where does it live?") },
    { system: null, tools: null },
  ]);
  expect(turns.map(({ messages }) => messages.length)).toEqual([1, 1, 1]);
  expect(turns[0]?.answer).toMatchObject([{ type: "text", text: expect.stringContaining("walrus") }]);

  const first = await page("?limit=1");
  expect(first).toEqual({ turns: [turns[0]], next_cursor: turns[0]?.request.id });
  const rest = await page(`?limit=2&cursor=${first.next_cursor}`);
  expect(rest).toEqual({ turns: turns.slice(1), next_cursor: null });
  const foreign = await gateway.admin("GET", `${root}/${session?.id}/turns?cursor=req_foreign`);
  expect(foreign).toMatchObject({ status: 400, body: { error: { code: "invalid_request" } } });
  expect((await gateway.admin("GET", `${root}/gone/turns`)).status).toBe(404);
});

test("turns look the same in every protocol, with tools, images and reasoning", async () => {
  const gateway = await openServingGateway();
  const tool = { name: "get_weather", description: "The weather", input_schema: { type: "object" } };
  const pixel = "iVBORw0KGgo=";
  const source = { type: "base64", media_type: "image/png", data: pixel };
  const body = {
    model: "claude-sonnet-4.6",
    max_tokens: 100,
    tools: [tool],
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "Look" },
          { type: "image", source },
        ],
      },
      {
        role: "assistant",
        content: [{ type: "tool_use", id: "toolu_1", name: "get_weather", input: { city: "Nome" } }],
      },
      { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "cold", is_error: true }] },
    ],
  };
  await (await gateway.send("/v1/messages", body)).text();
  const [session] = await sessionsOf(gateway);
  const { turns } = (await gateway.admin<SessionTurnPage>("GET", `${root}/${session?.id}/turns`)).body;
  expect(turns[0]?.tools).toEqual([{ name: "get_weather", description: "The weather" }]);
  expect(turns[0]?.messages).toEqual([
    {
      role: "user",
      parts: [
        { type: "text", text: "Look" },
        { type: "image", url: `data:image/png;base64,${pixel}`, media_type: "image/png" },
      ],
    },
    {
      role: "assistant",
      parts: [{ type: "tool_call", call_id: "toolu_1", name: "get_weather", input: '{"city":"Nome"}' }],
    },
    {
      role: "tool",
      parts: [{ type: "tool_result", call_id: "toolu_1", is_error: true, output: [{ type: "text", text: "cold" }] }],
    },
  ]);
});

test("what was not recorded is a turn without words, and the next one is told as a whole", async () => {
  const gateway = await openServingGateway();
  const { keys } = gateway.provider;
  await keys.update("ada", gateway.keyId, { recording: "metadata" });
  const messages = [user("unheard")];
  await (await gateway.send("/v1/chat/completions", chatBody("", { messages }))).text();
  await keys.update("ada", gateway.keyId, { recording: "full" });
  const more = [...messages, assistant("Echo: unheard"), user("heard")];
  await (await gateway.send("/v1/chat/completions", chatBody("", { messages: more }))).text();
  const [session] = await sessionsOf(gateway);
  const { turns } = (await gateway.admin<SessionTurnPage>("GET", `${root}/${session?.id}/turns`)).body;
  expect(turns.map(({ is_recorded, messages: told, answer }) => [is_recorded, told.length, answer !== null])).toEqual([
    [false, 0, false],
    [true, 3, true],
  ]);
});
