import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";

const origin = "https://page.example";
const otherOrigin = "https://other.example";
let serving: Serving;

beforeAll(async () => {
  serving = await startServing({ env: { CORS_ORIGINS: origin } });
});
afterAll(() => serving.stop());

const chatPath = "/openai/v1/chat/completions";

function ask(path: string, init: RequestInit, from: string): Promise<Response> {
  return fetch(serving.gateway.url + path, { ...init, headers: { ...init.headers, origin: from } });
}

function allowedOrigin(response: Response): string | null {
  return response.headers.get("access-control-allow-origin");
}

describe("a page of an allowed origin", () => {
  it.each([
    { path: chatPath, method: "POST" },
    { path: "/anthropic/v1/messages", method: "POST" },
    { path: "/v1/models", method: "GET" },
    { path: "/openai/v1/models/gpt-4.1", method: "GET" },
  ])("may ask $method $path", async ({ path, method }) => {
    const headers = { "access-control-request-method": method, "access-control-request-headers": "authorization" };
    const response = await ask(path, { method: "OPTIONS", headers }, origin);
    expect(response.status).toBe(204);
    expect(allowedOrigin(response)).toBe(origin);
    expect(response.headers.get("access-control-allow-headers")).toBe("authorization");
    expect(allowedOrigin(await ask(path, { method: "OPTIONS", headers }, otherOrigin))).toBeNull();
  });

  it("can read answers and errors, and their request ids", async () => {
    const key = { authorization: `Bearer ${serving.key.key}` };
    const good = JSON.stringify(chatBody("hi"));
    const answers = [
      { status: 200, response: await ask(chatPath, { method: "POST", headers: key, body: good }, origin) },
      { status: 400, response: await ask(chatPath, { method: "POST", headers: key, body: "{" }, origin) },
      { status: 401, response: await ask(chatPath, { method: "POST", body: good }, origin) },
      { status: 405, response: await ask(chatPath, { method: "PUT", headers: key, body: good }, origin) },
      { status: 401, response: await ask("/v1/models", {}, origin) },
      { status: 200, response: await ask("/v1/models", { headers: key }, origin) },
    ];
    for (const { status, response } of answers) {
      expect(response.status).toBe(status);
      expect(allowedOrigin(response)).toBe(origin);
      expect(response.headers.get("access-control-expose-headers")).toContain("x-request-id");
      await response.arrayBuffer();
    }
  });
});

it("a page of another origin can read nothing", async () => {
  expect(allowedOrigin(await ask(chatPath, { method: "POST", body: "{}" }, otherOrigin))).toBeNull();
});
