import { describe, expect, it, vi } from "vitest";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { requestJson, requestText } from "./request-json";

describe("requestJson", () => {
  it("gives the decoded answer", async () => {
    stubGateway({ "GET /me": () => ({ username: "ada" }) });
    await expect(requestJson("/me")).resolves.toEqual({ username: "ada" });
  });

  it("gives undefined for an empty answer", async () => {
    stubGateway({ "DELETE /api/x": () => new Response(null, { status: 204 }) });
    await expect(requestJson("/api/x", { method: "DELETE" })).resolves.toBeUndefined();
  });

  it("sends changes as JSON with the session cookie of this origin only", async () => {
    const fetchStub = vi.fn(async (_path: string, _init: RequestInit) => Response.json({}));
    vi.stubGlobal("fetch", fetchStub);
    await requestJson("/api/x", { method: "POST", body: {} });
    const init = fetchStub.mock.calls[0]?.[1];
    expect(init?.credentials).toBe("same-origin");
    expect(init?.headers).toMatchObject({ "content-type": "application/json" });
    expect(init?.body).toBe("{}");
  });

  it("throws the gateway's message, code and request id", async () => {
    stubGateway({ "GET /api/x": () => createErrorResponse(404, "not_found", "No such token.") });
    await expect(requestJson("/api/x")).rejects.toMatchObject({
      name: "ApiError",
      status: 404,
      code: "not_found",
      message: "No such token.",
      requestId: "req-1",
    });
  });

  it("never takes a page of a proxy for a message", async () => {
    const page = () => new Response("<html>Bad Gateway</html>", { status: 502, headers: { "x-request-id": "req-9" } });
    stubGateway({ "GET /api/x": page });
    await expect(requestJson("/api/x")).rejects.toMatchObject({
      status: 502,
      code: "unreadable_response",
      requestId: "req-9",
      message: expect.not.stringContaining("html"),
    });
  });

  it("tells an unreachable gateway from a refusing one", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("Failed to fetch");
    });
    await expect(requestJson("/api/x")).rejects.toMatchObject({ status: 0, code: "gateway_unreachable" });
  });
});

/** A response whose connection ends within its body, at once or when `signal` stops it. */
function createCutResponse(status = 200, signal?: AbortSignal | null): Response {
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode('{"tokens":['));
      if (signal == null) controller.error(new TypeError("network error"));
      else signal.addEventListener("abort", () => controller.error(signal.reason));
    },
  });
  return new Response(body, { status });
}

describe("a connection that ends within the body", () => {
  it.each([200, 502])("is a gateway that cannot be reached (status %d)", async (status) => {
    vi.stubGlobal("fetch", async () => createCutResponse(status));
    const failure = { name: "ApiError", status: 0, code: "gateway_unreachable" };
    await expect(requestJson("/api/x")).rejects.toMatchObject(failure);
    await expect(requestText("/api/x")).rejects.toMatchObject(failure);
  });

  it("is no failure of the gateway where the page itself stopped it", async () => {
    vi.stubGlobal("fetch", async (_path: string, { signal }: RequestInit) => createCutResponse(200, signal));
    const stop = new AbortController();
    const answers = [requestJson("/api/x", { signal: stop.signal }), requestText("/api/x", stop.signal)];
    setTimeout(() => stop.abort());
    for (const answer of answers) await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("requestText", () => {
  it("gives the text, or throws what the gateway says", async () => {
    stubGateway({
      "GET /api/file": () => new Response("a,b\n"),
      "GET /api/x": () => createErrorResponse(403, "permission_denied", "Only an admin may see prompts."),
    });
    await expect(requestText("/api/file")).resolves.toBe("a,b\n");
    await expect(requestText("/api/x")).rejects.toMatchObject({
      code: "permission_denied",
      message: "Only an admin may see prompts.",
    });
  });
});
