import { fireEvent, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { SessionDetail } from "#lib/api/use-sessions";
import { createErrorResponse, stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ContinueBox } from "./continue-box";

const session = {
  id: "s1",
  protocol: "openai-chat",
  records: [{ ...createRequestFacts(), request: null, response: null }],
} as unknown as SessionDetail;

it("says in the reader's language why nothing more could be said, with the gateway's own words as a detail", async () => {
  stubGateway({
    "POST /api/sessions/s1/continue": () =>
      createErrorResponse(429, "upstream_rate_limited", "Sorry, you have exceeded your rate limits."),
  });
  renderInConsole(<ContinueBox session={session} />, { locale: "zh-CN" });
  fireEvent.change(screen.getByRole("textbox", { name: "继续对话" }), { target: { value: "你好" } });
  fireEvent.click(screen.getByRole("button", { name: "发送" }));
  const alert = await screen.findByRole("alert");
  expect(alert.querySelector("p")?.textContent).toBe("Copilot 正在限流。");
  expect(alert.querySelector("details [lang=en]")?.textContent).toBe("Sorry, you have exceeded your rate limits.");
});
