import { request } from "node:http";
import { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
import { expect, onTestFinished, test } from "vitest";
import { type OpenGateway, openGateway, signInAdmin } from "../testing/open-gateway.js";

/** Begins a request whose body never ends; `answer` is what comes back. */
function begin({ url }: OpenGateway, path: string, headers: Record<string, string> = {}) {
  const outgoing = request(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "content-length": "100", ...headers },
  });
  onTestFinished(() => void outgoing.destroy());
  const answer = new Promise<{ status: number; connection: string | undefined; text: string }>((resolve, reject) => {
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      let text = "";
      incoming.setEncoding("utf8").on("data", (part: string) => {
        text += part;
      });
      incoming.on("end", () =>
        resolve({ status: incoming.statusCode ?? 0, connection: incoming.headers.connection, text }),
      );
    });
  });
  const closed = new Promise<void>((resolve) => outgoing.on("socket", (socket) => socket.on("close", () => resolve())));
  return { outgoing, answer, closed };
}

async function openWithClock(): Promise<{ gateway: OpenGateway; clock: ManualClock }> {
  const clock = createManualClock();
  return { gateway: await openGateway({ clock }), clock };
}

test.each([
  ["/openai/v1/chat/completions", { type: "invalid_request_error", code: "request_timeout" }],
  ["/v1/responses", { type: "invalid_request_error", code: "request_timeout" }],
  ["/anthropic/v1/messages", { type: "timeout_error" }],
  ["/api/admin/api-keys", { code: "request_timeout" }],
  ["/mcp", { code: "request_timeout" }],
])("%s answers 408 to a body that does not come for 30 seconds, and closes", async (path, error) => {
  const { gateway, clock } = await openWithClock();
  const authorization = `Bearer ${await signInAdmin(gateway)}`;
  const { outgoing, answer, closed } = begin(gateway, path, { authorization });
  outgoing.flushHeaders();
  await expect.poll(() => clock.waiting()).toBe(1);
  clock.advance(29_999);
  expect(clock.waiting()).toBe(1);
  clock.advance(1);
  const { status, connection, text } = await answer;
  expect([status, connection, JSON.parse(text)]).toMatchObject([408, "close", { error }]);
  await closed;
});

test("whoever is not let in is told so before a body is waited for", async () => {
  const { gateway, clock } = await openWithClock();
  for (const path of ["/openai/v1/chat/completions", "/api/admin/api-keys", "/mcp"]) {
    const { outgoing, answer, closed } = begin(gateway, path, { "content-length": "33000000" });
    outgoing.flushHeaders();
    expect((await answer).status).toBe(401);
    if (path.startsWith("/openai/")) {
      await expect.poll(() => clock.waiting()).toBe(1);
      clock.advance(500);
    }
    await closed;
  }
  expect(clock.waiting()).toBe(0);
});

test("a stranger's form is no longer than 16 KiB, an admin's body as long as the setting says", async () => {
  const gateway = await openGateway();
  const authorization = `Bearer ${await signInAdmin(gateway)}`;
  const send = (path: string, length: number, headers: Record<string, string> = {}) =>
    fetch(gateway.url + path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ alias: "x" }) + " ".repeat(length),
    });
  expect((await send("/api/auth/login", 17_000)).status).toBe(413);
  expect((await send("/api/auth/password", 17_000, { authorization })).status).toBe(413);
  expect((await send("/api/admin/api-keys", 1_000_000, { authorization })).status).toBe(201);
  expect((await send("/api/admin/api-keys", 1_100_000, { authorization })).status).toBe(413);
});

test("deep JSON is refused before it is parsed; brackets in a text are no levels", async () => {
  const gateway = await openGateway();
  const authorization = `Bearer ${await signInAdmin(gateway)}`;
  const send = (body: string) =>
    fetch(`${gateway.url}/api/admin/api-keys`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization },
      body,
    });
  const deep = await send(`{"alias":"deep","more":${"[".repeat(500_000)}${"]".repeat(500_000)}}`);
  expect([deep.status, await deep.text()]).toEqual([400, expect.stringContaining("32 levels")]);
  expect((await send(JSON.stringify({ alias: `\\"${"[{".repeat(40)}` }))).status).toBe(201);
  const flat = await send(`{"alias":"flat","more":${"[".repeat(31)}${"]".repeat(31)}}`);
  expect(await flat.text()).toContain("There is no field `more`.");
});
