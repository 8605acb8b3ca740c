import type { LiveRequest, RequestFacts } from "@copilot-llm/gateway/admin-api";
import { act, fireEvent, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { SessionFilter } from "#lib/api/use-sessions";
import { LiveContext, type LiveListener } from "#lib/live/live-context";
import { stubGateway } from "../../testing/fake-gateway";
import { createRequestFacts, everySession } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { RequestList } from "./request-list";

function request(id: string, changes: Partial<RequestFacts> = {}): RequestFacts {
  return createRequestFacts({ id, key_alias: `key of ${id}`, ...changes });
}

function liveRequest(id: string, changes: Partial<LiveRequest> = {}): LiveRequest {
  const facts = request(id);
  return { ...facts, started_at: facts.at, client: null, model: "gpt-5-mini", ...changes } as LiveRequest;
}

/** The list, and how to tell it of a request that just ended. */
function renderList(filter: SessionFilter, answer: (query: URLSearchParams) => object) {
  const listeners = new Set<LiveListener>();
  const seen = stubGateway({
    "GET /api/requests": ({ path }) => answer(new URL(path, "http://gateway").searchParams),
  });
  const live = {
    status: "live" as const,
    subscribe: (listener: LiveListener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  renderInConsole(
    <LiveContext value={live}>
      <RequestList
        filter={filter}
        openId={null}
        onOpen={() => undefined}
        onRows={() => undefined}
        onClear={() => undefined}
        hiddenIds={new Set()}
      />
    </LiveContext>,
  );
  const tell = (event: LiveRequest) => act(() => listeners.forEach((listener) => void listener("request", event)));
  return { seen, tell };
}

const shownKeys = () =>
  within(screen.getByRole("table"))
    .getAllByRole("row")
    .slice(1)
    .map((row) => /key of ([abc])/u.exec(row.textContent ?? "")?.[1]);

it("asks the gateway for what fits the filters, and for the next page from where the last one ended", async () => {
  const { seen } = renderList({ ...everySession, status: "failed", code: "timeout", client: "codex" }, (query) =>
    query.has("cursor")
      ? { requests: [request("b")], next_cursor: null, searched_to: null }
      : { requests: [request("a")], next_cursor: "next", searched_to: null },
  );
  fireEvent.click(await screen.findByRole("button", { name: "Load more" }));
  await screen.findByText("key of b");
  expect(shownKeys()).toEqual(["a", "b"]);
  const [first, second] = seen.map(({ path }) => new URL(path, "http://gateway").searchParams);
  expect(["status", "code", "client"].map((name) => first?.get(name))).toEqual(["failed", "timeout", "codex"]);
  expect(second?.get("cursor")).toBe("next");
});

it("puts what ends on top while its top is in sight, and holds it back while the reader is further down", async () => {
  const { tell } = renderList({ ...everySession, key: "key-1" }, () => ({
    requests: [request("a")],
    next_cursor: null,
    searched_to: null,
  }));
  await screen.findByText("key of a");
  tell(liveRequest("b"));
  tell(liveRequest("other", { key_id: "key-2" }));
  tell(liveRequest("a"));
  expect(shownKeys()).toEqual(["b", "a"]);
  const scroller = screen.getByRole("table").parentElement;
  if (scroller === null) throw new Error("the table has no scroller");
  scroller.scrollTop = 200;
  fireEvent.scroll(scroller);
  tell(liveRequest("c"));
  expect(shownKeys()).toEqual(["b", "a"]);
  fireEvent.click(screen.getByRole("button", { name: /1 new/u }));
  expect(shownKeys()).toEqual(["c", "b", "a"]);
});

it("says how far back a search has looked when it found nothing yet, and goes on", async () => {
  const { seen } = renderList({ ...everySession, text: "hippo" }, (query) =>
    query.has("cursor")
      ? { requests: [request("a")], next_cursor: null, searched_to: null }
      : { requests: [], next_cursor: "next", searched_to: "2026-11-12T00:00:00Z" },
  );
  expect((await screen.findByText(/Searched back to/u)).textContent).toContain("Nov 12");
  fireEvent.click(screen.getByRole("button", { name: "Load more" }));
  await screen.findByText("key of a");
  expect(seen[0]?.path).toContain("text=hippo");
});
