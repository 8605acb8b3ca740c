import { expect, test } from "vitest";
import { openGateway } from "../testing/open-gateway.js";

test("every known path answers a method that it does not offer with 405 and those that it does", async () => {
  const { url, app } = await openGateway();
  const paths = new Set(app.routes.flatMap(({ method, path }) => (method === "ALL" ? [] : [path])));
  expect(paths.size).toBeGreaterThan(60);
  const odd: string[] = [];
  for (const path of paths) {
    const answer = await fetch(url + path.replaceAll(/:\w+(?:\{[^}]*\})?/g, "x"), { method: "PROPFIND" });
    await answer.arrayBuffer();
    if (answer.status !== 405 || !/GET|POST|PATCH|DELETE/.test(answer.headers.get("allow") ?? "")) {
      odd.push(`${path}: ${answer.status} ${answer.headers.get("allow")}`);
    }
  }
  expect(odd).toEqual([]);
});

test("a wrong method is told in words, and what is nowhere is not found", async () => {
  const { url } = await openGateway();
  const ask = async (method: string, path: string) => {
    const answer = await fetch(url + path, { method });
    const { error } = (await answer.json()) as { error: { message: string } };
    return [answer.status, answer.headers.get("allow"), error.message];
  };
  expect(await ask("POST", "/me")).toEqual([405, "GET", "POST is not offered here; use GET."]);
  expect(await ask("DELETE", "/api/admin/api-keys")).toEqual([
    405,
    "GET, POST",
    "DELETE is not offered here; use GET, POST.",
  ]);
  expect(await ask("POST", "/v1/models")).toEqual([405, "GET, OPTIONS", "POST is not offered here; use GET."]);
  expect(await ask("POST", "/nothing")).toEqual([404, null, "There is nothing at POST /nothing."]);
});

test.each([
  ["GET", "/openai/v1/chat/completions", 405],
  ["PUT", "/v1/models", 405],
  ["PUT", "/openai/v1/files", 405],
  ["PUT", "/mcp", 405],
  ["POST", "/mcp", 401],
  ["POST", "/openai/v1/nothing", 404],
  ["GET", `/openai/v1/models?${"&".repeat(101)}`, 413],
])("%s %s answers %i so that a page of another origin can read it", async (method, path, status) => {
  const { url } = await openGateway({ corsOrigins: ["https://a.example"] });
  const answer = await fetch(url + path, { method, headers: { origin: "https://a.example" } });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([status, "https://a.example"]);
});

test("a slash at the end of /mcp is forgiven", async () => {
  const { url } = await openGateway();
  expect((await fetch(`${url}/mcp/`, { method: "POST" })).status).toBe(401);
});
