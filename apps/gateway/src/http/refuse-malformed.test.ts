import { connect } from "node:net";
import type { Log } from "@copilot-llm/model";
import { expect, onTestFinished, test } from "vitest";
import { openGateway } from "../testing/open-gateway.js";

/** All that comes back for these bytes, until the gateway closes. */
function send(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    onTestFinished(() => void socket.destroy());
    socket.setEncoding("latin1").on("data", (part: string) => {
      answer += part;
    });
    socket.on("error", reject);
    socket.on("end", () => resolve(answer));
  });
}

const tooLong = `x-long: ${"x".repeat(17_000)}\r\n`;

test.each<[string, string, string, number, string]>([
  ["no HTTP", "\x16\x03\x01 hello\r\n\r\n", "malformed request", 400, "invalid_request"],
  [
    "two lengths",
    "POST /me HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
    "malformed request",
    400,
    "invalid_request",
  ],
  [
    "headers that are too long",
    `GET /me HTTP/1.1\r\nhost: x\r\n${tooLong}\r\n`,
    "malformed request",
    431,
    "request_too_large",
  ],
  ["an unknown expectation", "GET /me HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n\r\n", "request", 417, "invalid_request"],
  ["no host", "GET /nothing HTTP/1.1\r\n\r\n", "request", 400, "invalid_request"],
  ["a host that is none", "GET /nothing HTTP/1.1\r\nhost: a b\r\n\r\n", "request", 400, "invalid_request"],
  ["a host with a path", "GET /nothing HTTP/1.1\r\nhost: a/b\r\n\r\n", "request", 400, "invalid_request"],
  ["no path", "OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n", "request", 400, "invalid_request"],
  ["a backslash in the path", "GET /me\\x HTTP/1.1\r\nhost: x\r\n\r\n", "request", 400, "invalid_request"],
])("%s is answered in JSON with an id, which one line in the log has", async (_what, bytes, event, status, code) => {
  const lines: { event: string; fields: Record<string, unknown> | undefined }[] = [];
  const note = (name: string, fields?: object) => void lines.push({ event: name, fields: { ...fields } });
  const log: Log = { debug: () => {}, info: note, warn: note, error: note };
  const { url } = await openGateway({ log });
  const [head = "", body = ""] = (await send(url, bytes)).split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/^connection: close$/im);
  const requestId = /^x-request-id: (\S+)$/im.exec(head)?.[1];
  expect(requestId).toMatch(/^req_/);
  expect(JSON.parse(body)).toEqual({ error: { code, message: expect.any(String), request_id: requestId } });
  expect(lines.filter(({ fields }) => fields?.request_id === requestId)).toMatchObject([
    { event, fields: { status, error_code: code } },
  ]);
});

test("no host is refused on the short way too, in the protocol's own words", async () => {
  const { url } = await openGateway();
  const answer = await send(url, "POST /anthropic/v1/messages HTTP/1.1\r\ncontent-length: 0\r\n\r\n");
  expect(answer).toMatch(/^HTTP\/1.1 400 /);
  expect(JSON.parse(answer.split("\r\n\r\n")[1] ?? "")).toMatchObject({ error: { type: "invalid_request_error" } });
});

test("a client that asks as HTTP allows is served", async () => {
  const { url } = await openGateway();
  const ask = (rest: string) => send(url, `${rest}connection: close\r\n\r\n`);
  expect(await ask("GET /health HTTP/1.1\r\nhost: X.Example:80\r\nexpect: 100-continue\r\n")).toContain("200 OK");
  expect(await ask("GET /me HTTP/1.1\r\nhost: [::1]:8000\r\n")).toContain("401 Unauthorized");
  expect(await ask("GET http://x.example/me HTTP/1.1\r\nhost: x.example\r\n")).toContain("401 Unauthorized");
  expect(await ask("GET /health HTTP/1.0\r\n")).toContain("200 OK");
});
