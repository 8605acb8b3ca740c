import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { sendRaw } from "./send-raw.ts";

const chatPath = "/openai/v1/chat/completions";

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

function post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(serving.gateway.url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
}

async function open(text: string): Promise<Socket> {
  const { hostname, port } = new URL(serving.gateway.url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  await new Promise<void>((resolve) => socket.once("connect", () => resolve()));
  socket.write(text);
  return socket;
}

const serves = async () => (await serving.send(chatPath, chatBody("still there?"))).status;

describe("strangers at the door", () => {
  it("have few hashes made for 64 tries with made-up names, and a request goes on in between", async () => {
    const tries = Array.from({ length: 64 }, (_, index) =>
      // An address of their own making is not believed.
      post(
        "/api/auth/login",
        { username: `name ${index}`, password: "guess" },
        { "x-forwarded-for": `10.0.0.${index}` },
      ),
    );
    const asked = serves();
    const statuses = (await Promise.all(tries)).map(({ status, headers }) => [status, headers.has("retry-after")]);
    expect(await asked).toBe(200);
    // Ten at once of one address; another one for each that has ended before the last of them came.
    const hashed = statuses.filter(([status]) => status === 401).length;
    expect(hashed).toBeGreaterThanOrEqual(10);
    expect(hashed).toBeLessThan(32);
    expect(statuses.filter(([status, waits]) => status === 429 && waits === true)).toHaveLength(64 - hashed);
  });

  it("cannot guess a password for longer than 50 tries, nor lock an admin out who has been here before", async () => {
    const { username, password } = serving.admin;
    const before = await post("/api/auth/login", { username, password });
    expect(before.status).toBe(200);
    const device =
      before.headers
        .getSetCookie()
        .find((each) => each.startsWith("copilot_llm_device="))
        ?.split(";")[0] ?? "";
    const statuses: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const guesses = Array.from({ length: 8 }, (_, index) =>
        post("/api/auth/login", {
          username: round < 2 ? username : `name ${round} ${index}`,
          password: `guess ${index}`,
        }),
      );
      statuses.push(...(await Promise.all(guesses)).map(({ status }) => status));
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(50);
    expect(statuses.at(-1)).toBe(429);
    expect((await post("/api/auth/login", { username, password })).status).toBe(429);
    expect((await post("/api/auth/login", { username, password }, { cookie: device })).status).toBe(200);
  });

  it("cannot guess the setup code of a gateway that is set up", async () => {
    const guesses = Array.from({ length: 64 }, (_, index) =>
      post("/api/auth/setup", { username: "eve", password: "long enough", setup_code: `guess ${index}` }),
    );
    expect(new Set((await Promise.all(guesses)).map(({ status }) => status))).toEqual(new Set([409]));
  });

  it("are refused large bodies before these are sent", async () => {
    const head = (path: string) =>
      `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 30000000\r\n\r\n`;
    for (const [path, status] of [
      [chatPath, 401],
      ["/anthropic/v1/messages", 401],
      ["/api/admin/api-keys", 401],
      ["/mcp", 401],
      ["/nothing/here", 404],
    ] as const) {
      expect((await sendRaw(serving.gateway.url, head(path))).status, path).toBe(status);
    }
  });
});

describe("slow clients", () => {
  it("that never finish their headers or bodies keep nobody else waiting", async () => {
    await Promise.all(
      Array.from({ length: 200 }, () => open("POST /openai/v1/chat/completions HTTP/1.1\r\nhost: x\r\nx-a: ")),
    );
    const form =
      "POST /api/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{";
    await Promise.all(Array.from({ length: 100 }, () => open(form)));
    expect(await serves()).toBe(200);
  });

  it("that never read their answers keep nobody else waiting", async () => {
    const body = JSON.stringify({ ...chatBody("sim: long 5000"), stream: true });
    const request = `POST ${chatPath} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${serving.key.key}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const sockets = await Promise.all(Array.from({ length: 12 }, () => open(request)));
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("readable", resolve))));
    expect(await serves()).toBe(200);
  });

  it("with more headers than anyone sends are refused", async () => {
    const many = Array.from({ length: 150 }, (_, index) => `x-${index}: 1`).join("\r\n");
    const close = "connection: close";
    expect(
      (await sendRaw(serving.gateway.url, `GET /v1/models HTTP/1.1\r\nhost: x\r\n${close}\r\n${many}\r\n\r\n`)).status,
    ).toBe(413);
    const long = `x-a: ${"x".repeat(20_000)}`;
    expect((await sendRaw(serving.gateway.url, `GET /v1/models HTTP/1.1\r\nhost: x\r\n${long}\r\n\r\n`)).status).toBe(
      431,
    );
    expect(
      (await sendRaw(serving.gateway.url, `GET /${"x".repeat(9_000)} HTTP/1.1\r\nhost: x\r\n${close}\r\n\r\n`)).status,
    ).toBe(413);
  });
});
