import { fireEvent, screen, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import type { SessionDetail, SessionTurn } from "#lib/api/use-sessions";
import { stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { ConversationView } from "./conversation-view";

const records = ["r1", "r2", "r3"].map((id) => ({
  ...createRequestFacts({ id }),
  request: null,
  response: null,
}));

const turns = records.map((request, index): SessionTurn => {
  const text = `Question ${index + 1}`;
  return {
    request,
    is_recorded: true,
    system: null,
    tools: null,
    messages: [{ role: "user", parts: [{ type: "text", text }] }],
    answer: [{ type: "text", text: `Answer ${index + 1}` }],
  };
});

const session: SessionDetail = {
  id: "s1",
  title: "Question 1",
  first_at: "2026-11-22T11:00:00Z",
  last_at: "2026-11-22T11:01:00Z",
  requests: 3,
  errors: 0,
  input_tokens: 10,
  output_tokens: 5,
  premium_units: 0,
  nano_aiu: 0,
  models: ["gpt-5-mini"],
  token_aliases: [],
  key_id: null,
  key_alias: "CI",
  protocol: "openai-chat",
  status: "completed",
  error_code: null,
  client: null,
  initiator: "user",
  duration_ms: 60_000,
  records,
};

const texts = {
  en: { jump: "Jump to a turn", elsewhere: "Continue with another model" },
  "zh-CN": { jump: "跳到某一轮", elsewhere: "换个模型继续" },
} as const;

it.each(["en", "zh-CN"] as const)(
  "leads to a turn that is not loaded yet, and on to another model (%s)",
  async (locale) => {
    const scrolled = vi.fn<(this: Element) => void>();
    Element.prototype.scrollIntoView = function scrollIntoView() {
      scrolled.call(this);
    };
    const seen = stubGateway({
      "GET /api/sessions/s1/turns?limit=20": () => ({ turns: turns.slice(0, 1), next_cursor: "c1" }),
      "GET /api/sessions/s1/turns?limit=40&cursor=c1": () => ({ turns: turns.slice(1, 2), next_cursor: "c2" }),
      "GET /api/sessions/s1/turns?limit=80&cursor=c2": () => ({ turns: turns.slice(2), next_cursor: null }),
    });
    renderInConsole(<ConversationView session={session} highlightedRequest={null} onRequest={() => undefined} />, {
      locale,
    });
    const jump = await screen.findByLabelText(texts[locale].jump);
    expect([...jump.querySelectorAll("option")].map(({ value }) => value)).toEqual(["", "r1", "r2", "r3"]);
    expect(screen.getByRole("option", { name: "1. Question 1" })).toBeDefined();
    fireEvent.change(jump, { target: { value: "r3" } });
    await waitFor(() => expect(scrolled).toHaveBeenCalledTimes(1));
    expect(document.activeElement).toBe(scrolled.mock.contexts[0]);
    expect(document.activeElement?.textContent).toContain("Answer 3");
    expect(seen.filter(({ path }) => path.includes("/turns"))).toHaveLength(3);
    const link = await screen.findByRole("link", { name: texts[locale].elsewhere });
    expect(link.getAttribute("href")).toBe("/playground?from=session%3As1");
  },
);

it("scrolls to the request that it is opened with, in a page of turns that is not loaded yet", async () => {
  const scrolled = vi.fn<(this: Element) => void>();
  Element.prototype.scrollIntoView = function scrollIntoView() {
    scrolled.call(this);
  };
  const seen = stubGateway({
    "GET /api/sessions/s1/turns?limit=20": () => ({ turns: turns.slice(0, 1), next_cursor: "c1" }),
    "GET /api/sessions/s1/turns?limit=40&cursor=c1": () => ({ turns: turns.slice(1), next_cursor: "c2" }),
    "GET /api/sessions/s1/turns?limit=80&cursor=c2": () => ({ turns: [], next_cursor: null }),
  });
  renderInConsole(<ConversationView session={session} highlightedRequest="r3" onRequest={() => undefined} />);
  await waitFor(() => expect(scrolled).toHaveBeenCalledTimes(1));
  const [turn] = scrolled.mock.contexts;
  expect(turn?.textContent).toContain("Answer 3");
  expect(turn?.textContent).not.toContain("Answer 2");
  // Nobody left the place where the focus is, and no more is loaded than is needed.
  expect(turn?.contains(document.activeElement)).toBe(false);
  expect(seen.filter(({ path }) => path.includes("/turns"))).toHaveLength(2);
});

it("names what shows the plain text where there is room for its sign alone", async () => {
  stubGateway({ "GET /api/sessions/s1/turns": () => ({ turns: turns.slice(0, 1), next_cursor: null }) });
  renderInConsole(<ConversationView session={session} highlightedRequest={null} onRequest={() => undefined} />);
  const button = await screen.findByRole("button", { name: "Plain text" });
  expect(button.title).toBe("Plain text");
  fireEvent.click(button);
  expect(button.getAttribute("aria-pressed")).toBe("true");
});
