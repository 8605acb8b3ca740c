import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

const chatPath = "/openai/v1/chat/completions";

interface Session {
  readonly id: string;
  readonly requests: number;
  readonly models: readonly string[];
  readonly status: string;
}
interface SessionRecord {
  readonly id: string;
  readonly session_id: string;
  readonly request: string | null;
  readonly response: string | null;
  readonly outcome: string;
}
interface SessionPage {
  readonly sessions: readonly Session[];
  readonly next_cursor: string | null;
}

let serving: Serving;
beforeAll(async () => {
  serving = await startServing({ accounts: ["alice", "bob"] });
});
afterAll(() => serving.stop());

async function read<T>(path: string): Promise<T> {
  const response = await serving.admin.request("GET", path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
}

const sessionsWith = async (text: string) =>
  (await read<SessionPage>(`/api/sessions?text=${encodeURIComponent(text)}`)).sessions;

/** Asks, and goes on once in the same conversation. Returns the request ids the client got. */
async function converse(first: string, second: string): Promise<readonly (string | null)[]> {
  const one = await serving.send(chatPath, { model: "gpt-4o", messages: [{ role: "user", content: first }] });
  const { choices } = (await one.json()) as { choices: { message: { content: string } }[] };
  const history = [{ role: "user", content: first }, choices[0]?.message, { role: "user", content: second }];
  const two = await serving.send(chatPath, { model: "gpt-4o", stream: true, messages: history });
  await two.text();
  return [one.headers.get("x-request-id"), two.headers.get("x-request-id")];
}

/** What the chunks of a Chat stream say together. */
const said = (stream: string) => [...stream.matchAll(/"content":"([^"]*)"/g)].map(([, text]) => text).join("");

describe("recorded sessions", () => {
  it("group the requests of one conversation by its history, with what was sent and answered", async () => {
    const ids = await converse("tell me of lighthouses", "and of foghorns");
    const [session, ...others] = await sessionsWith("lighthouses");
    expect(others).toEqual([]);
    expect(session).toMatchObject({ requests: 2, models: ["gpt-4o"], status: "completed" });
    const { records } = await read<{ records: readonly SessionRecord[] }>(`/api/sessions/${session?.id}`);
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(records[1]?.request).toContain("and of foghorns");
    expect(said(records[1]?.response ?? "")).toBe("Echo: and of foghorns");
    expect(records[1]?.response).toMatch(/\[DONE\]\s*$/);
  });

  it("keep apart what began with the same words and went on differently", async () => {
    const ids = [await converse("good morning, otter", "a river"), await converse("good morning, otter", "a lake")];
    const sessions = await sessionsWith("good morning, otter");
    expect(sessions).toMatchObject([{ requests: 2 }, { requests: 2 }]);
    const details = await Promise.all(
      sessions.map(({ id }) => read<{ records: readonly SessionRecord[] }>(`/api/sessions/${id}`)),
    );
    expect(details.map(({ records }) => records.map(({ id }) => id)).reverse()).toEqual(ids);
  });

  it("are paged without missing or repeating one", async () => {
    for (let index = 0; index < 5; index += 1)
      await (await serving.send(chatPath, chatBody(`page ${index} zebra`))).text();
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: SessionPage = await read(
        `/api/sessions?text=zebra&limit=2${cursor === null ? "" : `&cursor=${cursor}`}`,
      );
      expect(page.sessions.length).toBeLessThanOrEqual(2);
      seen.push(...page.sessions.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(5);
    expect(seen).toHaveLength(5);
  });

  it("hold the failed requests too, and are filtered by how they ended", async () => {
    const refused = await serving.send(chatPath, {
      model: "no-such-model",
      messages: [{ role: "user", content: "quokka" }],
    });
    expect(refused.status).toBe(404);
    const failed = await read<SessionPage>("/api/sessions?text=quokka&status=failed");
    expect(failed.sessions).toMatchObject([{ status: "failed" }]);
    expect((await read<SessionPage>("/api/sessions?text=quokka&status=completed")).sessions).toEqual([]);
  });

  it("are exported as one JSON object a request, whose id is the x-request-id", async () => {
    const ids = await converse("an albatross", "its wings");
    const response = await serving.admin.request("GET", "/api/sessions/export?format=jsonl&text=albatross");
    const lines = (await response.text()).trim().split("\n");
    expect(lines.map((line) => (JSON.parse(line) as SessionRecord).id)).toEqual(ids);
  });

  it("are exported as a table without bodies", async () => {
    await converse("a pelican", "its beak");
    const response = await serving.admin.request("GET", "/api/sessions/export?format=csv&text=pelican");
    expect(response.headers.get("content-type")).toContain("text/csv");
    const [header, ...rows] = (await response.text()).trim().split("\r\n");
    expect(header).toMatch(/^id,session_id,at,/);
    expect(rows).toHaveLength(2);
    expect(rows.join()).not.toContain("pelican");
  });

  it("go on with the user's next message, in the same session", async () => {
    await converse("count the walruses", "again");
    const [session] = await sessionsWith("walruses");
    const path = `/api/sessions/${session?.id}/continue`;
    const response = await serving.admin.request("POST", path, { message: "once more" });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(said(await response.text())).toBe("Echo: once more");
    expect(await sessionsWith("walruses")).toMatchObject([{ id: session?.id, requests: 3 }]);
  });

  it("are deleted one by one and in batches, once", async () => {
    await converse("a narwhal", "its tusk");
    const [session] = await sessionsWith("narwhal");
    expect((await serving.admin.request("DELETE", `/api/sessions/${session?.id}`)).status).toBe(204);
    expect((await serving.admin.request("DELETE", `/api/sessions/${session?.id}`)).status).toBe(404);
    expect(await sessionsWith("narwhal")).toEqual([]);
    await converse("a beluga", "its song");
    const ids = (await sessionsWith("beluga")).map(({ id }) => id);
    const response = await serving.admin.request("POST", "/api/sessions/batch-delete", { ids: [...ids, "unknown"] });
    expect(await response.json()).toEqual({ deleted: 1 });
  });

  it("offer the values that filters can take", async () => {
    await converse("hello", "again");
    expect(await read("/api/sessions/filter-options")).toMatchObject({
      models: expect.arrayContaining(["gpt-4o"]),
      keys: expect.arrayContaining([{ id: serving.key.id, label: serving.key.alias }]),
    });
  });

  it("are nobody's to read without signing in", async () => {
    for (const path of ["/api/sessions", "/api/sessions/export", "/api/sessions/filter-options"]) {
      const response = await fetch(serving.gateway.url + path, {
        headers: { authorization: `Bearer ${serving.key.key}` },
      });
      expect(response.status, path).toBe(401);
    }
  });
});

describe("previous_response_id", () => {
  it.each(["gpt-4o", "gpt-5.3-codex", "claude-sonnet-4.6"])("goes on with a conversation on %s", async (model) => {
    const send = async (body: object) => {
      const response = await serving.send("/openai/v1/responses", { model, ...body });
      expect(response.status).toBe(200);
      return (await response.json()) as { id: string };
    };
    const first = await send({ input: `my name is Ishmael (${model})` });
    const second = await send({ input: "what did I say?", previous_response_id: first.id });
    await send({ input: "and before?", previous_response_id: second.id });
    const upstream = serving.simulator.requests.all().at(-1)?.body.toString() ?? "";
    expect(upstream).toMatch(/Ishmael[\s\S]*what did I say[\s\S]*and before/);
    expect(upstream).not.toContain("previous_response_id");
  });

  it("is a clear 400 for a response that is not on record", async () => {
    const response = await serving.send("/openai/v1/responses", {
      model: "gpt-4o",
      input: "x",
      previous_response_id: "resp_no",
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { param: "previous_response_id" } });
  });
});
