import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";

interface ProtocolCase {
  readonly path: string;
  readonly good: Readonly<Record<string, unknown>>;
  readonly wrongTypes: readonly Readonly<Record<string, unknown>>[];
  readonly empty: Readonly<Record<string, unknown>>;
  /** The protocol's own error body. */
  readonly errorShape: (type: unknown) => unknown;
}

const openaiError = (type: unknown) => ({
  error: { message: expect.any(String), type, code: expect.toSatisfy(isTextOrNull) },
});
const anthropicError = (type: unknown) => ({ type: "error", error: { type, message: expect.any(String) } });
const isTextOrNull = (value: unknown) => value === null || typeof value === "string";

const protocols: readonly ProtocolCase[] = [
  {
    path: "/openai/v1/chat/completions",
    good: { model: "gpt-5-mini", messages: [{ role: "user", content: "hello" }] },
    wrongTypes: [{ messages: "hello" }, { messages: [5] }, { model: 5 }, { stream: "yes" }],
    empty: { messages: [] },
    errorShape: openaiError,
  },
  {
    path: "/openai/v1/responses",
    good: { model: "gpt-5-mini", input: "hello" },
    wrongTypes: [{ input: 5 }, { model: [] }, { stream: 1 }],
    empty: { input: [] },
    errorShape: openaiError,
  },
  {
    path: "/anthropic/v1/messages",
    good: { model: "claude-sonnet-4.6", max_tokens: 100, messages: [{ role: "user", content: "hello" }] },
    wrongTypes: [{ messages: {} }, { messages: [null] }, { model: null }, { stream: "true" }],
    empty: { messages: [] },
    errorShape: anthropicError,
  },
];

let serving: Serving;

beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());
beforeEach(() => serving.simulator.requests.clear());

describe.each(protocols)("$path", ({ path, good, wrongTypes, empty, errorShape }) => {
  const isAnthropic = path.startsWith("/anthropic");
  const types = isAnthropic
    ? {
        invalid: "invalid_request_error",
        unknown: "not_found_error",
        key: "authentication_error",
        large: "request_too_large",
      }
    : {
        invalid: "invalid_request_error",
        unknown: expect.any(String),
        key: expect.any(String),
        large: expect.any(String),
      };

  async function expectRefusal(response: Response, status: number, type: unknown): Promise<string> {
    const text = await response.text();
    expect({ status: response.status, body: JSON.parse(text) as unknown }).toMatchObject({
      status,
      body: errorShape(type),
    });
    expect(response.headers.get("x-request-id")).toMatch(/\w/);
    expect(serving.simulator.requests.to(path.replace(/^\/(openai\/v1|anthropic)/, ""))).toEqual([]);
    return text;
  }

  it("refuses broken JSON", async () => {
    for (const body of ['{"model":', "not json", "", "[]", '"text"']) {
      await expectRefusal(await serving.send(path, body), 400, types.invalid);
    }
  });

  it("takes a byte order mark before the JSON", async () => {
    expect((await serving.send(path, `\ufeff${JSON.stringify(good)}`)).status).toBe(200);
  });

  it("refuses wrong types, naming the field", async () => {
    for (const wrong of wrongTypes) {
      const text = await expectRefusal(await serving.send(path, { ...good, ...wrong }), 400, types.invalid);
      expect(text).toContain(Object.keys(wrong)[0]);
    }
  });

  it("refuses an empty conversation", async () => {
    await expectRefusal(await serving.send(path, { ...good, ...empty }), 400, types.invalid);
  });

  it("refuses a missing model", async () => {
    await expectRefusal(await serving.send(path, { ...good, model: undefined }), 400, types.invalid);
  });

  it("answers 404 to an unknown model, naming close matches", async () => {
    const model = String(good.model);
    const text = await expectRefusal(await serving.send(path, { ...good, model: `${model}i` }), 404, types.unknown);
    expect(text).toContain(model);
  });

  it("answers 413 to a body of 40 MB, sent with a length or in chunks", async () => {
    const body = JSON.stringify({ ...good, padding: "x".repeat(40e6) });
    await expectRefusal(await serving.send(path, body), 413, types.large);
    const chunked = new Request(serving.gateway.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${serving.key.key}`, "content-type": "application/json" },
      body: new Blob([body]).stream(),
      duplex: "half",
    });
    await expectRefusal(await fetch(chunked), 413, types.large);
  });

  it("answers 405 to a wrong method", async () => {
    const headers = { authorization: `Bearer ${serving.key.key}` };
    const response = await fetch(serving.gateway.url + path, { method: "PUT", headers, body: "{}" });
    expect(response.headers.get("allow")).toContain("POST");
    await expectRefusal(response, 405, types.invalid);
  });

  it("refuses no key, a wrong key and a disabled key", async () => {
    const disabled = await serving.admin.createKey({ alias: `disabled for ${path}` });
    const change = await serving.admin.request("PATCH", `/api/admin/api-keys/${disabled.id}`, { enabled: false });
    expect(change.status).toBe(200);
    const credentials = [{}, { authorization: "Bearer clp_wrong" }, { "x-api-key": disabled.key }];
    for (const credential of credentials) {
      const headers = { "content-type": "application/json", ...credential };
      const response = await fetch(serving.gateway.url + path, { method: "POST", headers, body: JSON.stringify(good) });
      await expectRefusal(response, 401, types.key);
    }
  });

  it("goes on serving after all of it", async () => {
    expect((await serving.send(path, good)).status).toBe(200);
  });
});

describe("every refused request", () => {
  it("has its line in the log under the id that the client got", async () => {
    const response = await serving.send("/openai/v1/chat/completions", "{");
    const requestId = response.headers.get("x-request-id") ?? "";
    await expect.poll(() => serving.gateway.logs().some((line) => JSON.stringify(line).includes(requestId))).toBe(true);
  });
});

describe("admin routes", () => {
  it("refuse a managed key and no credential", async () => {
    const url = `${serving.gateway.url}/api/admin/github-tokens`;
    for (const headers of [{}, { authorization: `Bearer ${serving.key.key}` }, { "x-api-key": serving.key.key }]) {
      expect((await fetch(url, { headers })).status).toBe(401);
    }
  });

  it("refuse bad bodies with a 400 that names the field", async () => {
    const response = await serving.admin.request("POST", "/api/admin/api-keys", { alias: "x", rpm: -1 });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("rpm");
  });
});
