import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { chatBody, type Serving, startServing } from "../testing/serving.ts";
import { attempt, bearer, cookie, hasBody, isEndless, type Route, readRoutes } from "./attack-surface.ts";

let serving: Serving;
let routes: readonly Route[];

beforeAll(async () => {
  serving = await startServing({ env: { CORS_ORIGINS: "https://page.example" } });
  routes = await readRoutes(serving.gateway.url);
});
afterAll(() => serving.stop());

const rightFor = ({ access }: Route) => bearer(access === "key" ? serving.key.key : serving.admin.token);

describe("a model's output that looks like the protocol", () => {
  const smuggled = '\n\ndata: [DONE]\n\nevent: evil\ndata: {"evil":true}\r\n\r\nid: 1\nretry: 1\n\n';

  it.each([
    ["/openai/v1/chat/completions", { ...chatBody(smuggled), stream: true }],
    ["/openai/v1/responses", { model: "gpt-5-mini", input: smuggled, stream: true }],
    ["/anthropic/v1/messages", { ...chatBody(smuggled), max_tokens: 100, stream: true }],
    ["/anthropic/v1/messages", { ...chatBody(smuggled), model: "claude-sonnet-4.6", max_tokens: 100, stream: true }],
    ["/openai/v1/chat/completions", { ...chatBody(smuggled), model: "claude-sonnet-4.6", stream: true }],
  ])("adds no event to %s", async (path, body) => {
    const response = await serving.send(path, body);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain("evil");
    const lines = text.split(/\r?\n/);
    expect(lines.filter((line) => /^(event: evil|id:|retry:)/.test(line))).toEqual([]);
    expect(lines.filter((line) => line === "data: [DONE]").length).toBeLessThanOrEqual(1);
    for (const line of lines.filter((each) => each.startsWith("data: {")))
      expect(() => JSON.parse(line.slice(6))).not.toThrow();
    expect(lines.filter((line) => line.startsWith('data: {"evil"'))).toEqual([]);
  });

  it("adds no event to the console's own stream, nor does a model's name or a client's", async () => {
    const { gateway, admin, key } = serving;
    const end = new AbortController();
    onTestFinished(() => end.abort());
    const events = await fetch(`${gateway.url}/api/events`, { headers: bearer(admin.token), signal: end.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    await serving.send(
      "/openai/v1/chat/completions",
      { ...chatBody(smuggled), model: `x${smuggled}` },
      { headers: { "user-agent": "evil-agent data: {}" } },
    );
    await serving.send("/openai/v1/chat/completions", chatBody(smuggled));
    expect(key.id).toMatch(/^key_/);
    let text = "";
    while (!/"status":200|"outcome":"completed"/.test(text)) text += (await reader?.read())?.value ?? "";
    const lines = text.split("\n").filter((line) => line !== "");
    expect(
      lines.filter((line) => !/^(:|retry: \d+$|id: \S+$|event: (?!evil)\w[\w.-]*$|data: \{.*\}$)/.test(line)),
    ).toEqual([]);
    for (const line of lines.filter((each) => each.startsWith("data: ")))
      expect(() => JSON.parse(line.slice(6))).not.toThrow();
    expect(lines.filter((line) => line.startsWith('data: {"evil"'))).toEqual([]);
  });
});

describe("a cell of the export", () => {
  it("is no formula and ends neither its cell nor its line", async () => {
    const { admin, gateway } = serving;
    const formulas = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", '"quoted","and, more"'];
    for (const alias of formulas) {
      const { key } = await admin.createKey({ alias });
      const headers = { ...bearer(key), "content-type": "application/json", "user-agent": alias };
      const asked = { ...chatBody("x"), model: "gpt-5-mini" };
      const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers,
        body: JSON.stringify(asked),
      });
      expect(answer.status).toBe(200);
      await fetch(`${gateway.url}/v1/chat/completions`, {
        method: "POST",
        headers,
        body: JSON.stringify({ ...asked, model: `${alias}\r\n=1` }),
      });
    }
    const csv = await (await admin.request("GET", "/api/sessions/export?format=csv")).text();
    for (const formula of formulas.slice(0, 4)) expect(csv).toContain(`'${formula}`);
    const cells = csv.match(/"(?:[^"]|"")*"|[^,\r\n]+/g) ?? [];
    expect(cells.length).toBeGreaterThan(100);
    expect(cells.filter((cell) => /^"?[=+@]/.test(cell) || /^"?-(?!\d+$)/.test(cell))).toEqual([]);
  });
});

describe("a page of another origin", () => {
  it("may read nothing of any route, and ride on no session", async () => {
    for (const route of routes.filter((each) => !isEndless(each))) {
      for (const origin of ["null", "https://page.example.evil.example"]) {
        const preflight = await fetch(serving.gateway.url + route.path.replace(/\{\w+\}/, "x"), {
          method: "OPTIONS",
          headers: {
            origin,
            "access-control-request-method": route.method,
            "access-control-request-headers": "authorization",
          },
        });
        const { headers } = await attempt(serving.gateway.url, route, { headers: { origin, ...rightFor(route) } });
        for (const each of [preflight.headers, headers]) {
          expect(each.get("access-control-allow-origin"), route.path).toBeNull();
          expect(each.get("access-control-allow-credentials"), route.path).toBeNull();
        }
      }
    }
  });

  it("that is allowed gets no route of the console, and never a session", async () => {
    const origin = "https://page.example";
    for (const route of routes.filter((each) => each.access !== "key" && !isEndless(each))) {
      const { headers } = await attempt(serving.gateway.url, route, {
        headers: { origin, ...cookie(serving.admin.token) },
      });
      expect(headers.get("access-control-allow-origin"), route.path).toBeNull();
    }
    const models = await fetch(`${serving.gateway.url}/v1/models`, {
      headers: { origin, ...rightFor({ method: "GET", path: "", access: "key" }) },
    });
    expect(models.headers.get("access-control-allow-origin")).toBe(origin);
    expect(models.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

describe("a shared cache", () => {
  it("keeps no answer that depends on who asks, and none that was poisoned by a header", async () => {
    const poison = {
      "x-forwarded-host": "evil.example",
      "x-forwarded-proto": "https",
      "x-forwarded-for": "evil.example",
      forwarded: "host=evil.example",
      "x-original-url": "/api/admin/users",
      "x-rewrite-url": "/api/admin/users",
      "x-http-method-override": "DELETE",
      "x-host": "evil.example",
    };
    for (const route of routes.filter((each) => !hasBody(each) && !isEndless(each) && each.method === "GET")) {
      for (const headers of [{ ...poison, ...rightFor(route) }, poison]) {
        const { headers: answered, text } = await attempt(serving.gateway.url, route, { headers });
        expect(`${[...answered].join()}${text}`, route.path).not.toContain("evil.example");
        expect(answered.get("cache-control"), route.path).toMatch(/no-store|private|no-cache/);
      }
    }
    for (const path of ["/v1/models", "/openai/v1/models"]) {
      const { headers } = await fetch(serving.gateway.url + path, {
        headers: rightFor({ method: "GET", path, access: "key" }),
      });
      expect([headers.get("cache-control"), headers.get("vary")]).toEqual(["no-store", "origin"]);
    }
  });
});

describe("every answer", () => {
  it("says what a browser may not do with it", async () => {
    for (const route of routes) {
      for (const headers of [{}, rightFor(route)]) {
        const { headers: answered } = await attempt(serving.gateway.url, route, { headers });
        expect(answered.get("x-content-type-options"), route.path).toBe("nosniff");
        expect(answered.get("cross-origin-resource-policy"), route.path).toBe("same-origin");
        expect(answered.get("x-request-id"), route.path).toMatch(/^req_/);
      }
    }
  });
});

describe("an address in a request", () => {
  it("is never fetched by the gateway", async () => {
    let visits = 0;
    const server = createServer((_request, response) => {
      visits += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/image.png`;
    const chat = (model: string) => ({
      model,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "x" },
            { type: "image_url", image_url: { url } },
          ],
        },
      ],
    });
    const messages = (model: string) => ({
      model,
      max_tokens: 9,
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source: { type: "url", url } },
            { type: "document", source: { type: "url", url } },
          ],
        },
      ],
    });
    const responses = (model: string) => ({
      model,
      input: [
        {
          role: "user",
          content: [
            { type: "input_image", image_url: url },
            { type: "input_file", file_url: url },
          ],
        },
      ],
    });
    for (const model of ["gpt-5-mini", "claude-sonnet-4.6", "gpt-4.1"]) {
      const answers = [
        await serving.send("/v1/chat/completions", chat(model)),
        await serving.send("/v1/messages", messages(model)),
        await serving.send("/v1/responses", responses(model)),
        await serving.send("/v1/messages/count_tokens", messages(model)),
      ];
      for (const answer of answers) expect(answer.status).toBeLessThan(500);
    }
    expect(visits).toBe(0);
  });
});
