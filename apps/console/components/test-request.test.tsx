import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { stubGateway } from "../testing/fake-gateway";
import { renderInConsole } from "../testing/render-in-console";
import { TestRequest } from "./test-request";

const stream = [
  'data: {"choices":[{"delta":{"content":"Hello."}}]}',
  'data: {"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":8}}',
  "data: [DONE]",
].join("\n\n");

function stubTest() {
  return stubGateway({
    "POST /openai/v1/chat/completions": () =>
      new Response(`${stream}\n\n`, {
        headers: { "content-type": "text/event-stream", "x-request-id": "req_1" },
      }),
    "GET /api/requests/req_1": () => ({ id: "req_1", token_alias: "alice", nano_aiu: 20_000_000, premium_units: 0 }),
  });
}

it.each([
  ["en", "Send a test request", /11 → 8 tokens · served by alice · 0.02 credits · req_1/u],
  ["zh-CN", "发送测试请求", /由 alice 提供 · 0.02 AI 积分 · req_1/u],
] as const)("shows the answer, and what its record tells (%s)", async (locale, button, facts) => {
  stubTest();
  renderInConsole(
    <TestRequest credential={{ kind: "asKey", keyId: "key-1" }} modelIds={["text-embedding-3-small", "gpt-5-mini"]} />,
    { locale },
  );
  fireEvent.click(await screen.findByRole("button", { name: button }));
  expect(await screen.findByText("Hello.")).toBeDefined();
  expect(await screen.findByText(facts)).toBeDefined();
});

it("asks for no record where the reader may not see it", async () => {
  const seen = stubTest();
  renderInConsole(
    <TestRequest credential={{ kind: "key", secret: "clp_1" }} modelIds={["gpt-5-mini"]} hasRecord={false} />,
  );
  fireEvent.click(await screen.findByRole("button", { name: "Send a test request" }));
  expect(await screen.findByText(/11 → 8 tokens · req_1/u)).toBeDefined();
  expect(seen.some(({ path }) => path.startsWith("/api/requests"))).toBe(false);
});
