import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Batch, BatchRunner } from "#lib/api/use-batches";
import { stubGateway } from "../../testing/fake-gateway";
import { loggedInAsViewer } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { BatchesPage } from "./batches-page";

function createBatch(fields: Partial<Batch> = {}): Batch {
  return {
    id: "batch_1",
    api: "openai",
    protocol: "openai-chat",
    key_id: "key-1",
    owner: "CI",
    status: "in_progress",
    counts: { total: 100, pending: 47, running: 2, succeeded: 48, errored: 3, cancelled: 0, expired: 0 },
    metadata: {},
    created_at: "2026-11-22T11:00:00Z",
    started_at: "2026-11-22T11:00:01Z",
    cancel_requested_at: null,
    ended_at: null,
    expires_at: "2026-11-23T11:00:00Z",
    problems: [],
    ...fields,
  };
}

function stubBatches(batches: readonly Batch[], runner: Partial<BatchRunner> = {}) {
  return stubGateway({
    "GET /api/batches": () => ({
      batches,
      next_cursor: null,
      runner: { state: "running", until: null, running: 2, ...runner },
    }),
    "POST /api/batches/batch_1/cancel": () => createBatch({ status: "cancelling" }),
  });
}

describe("BatchesPage", () => {
  it("shows how far each batch is, and how the gateway works on them", async () => {
    stubBatches([
      createBatch(),
      createBatch({
        id: "batch_2",
        status: "failed",
        ended_at: "2026-11-22T11:30:00Z",
        problems: [{ line: 3, code: "invalid", message: "No JSON.", param: null }],
      }),
    ]);
    renderInConsole(<BatchesPage />);
    const [, first, second] = await screen.findAllByRole("row");
    expect(first?.textContent).toContain("51 of 100 · 3 failed · 2 running");
    expect(first?.textContent).toContain("Expires in 23 hours");
    expect(second?.textContent).toContain("Line 3: No JSON.");
    expect(screen.getByText(/2 requests are under way/u)).toBeDefined();
  });

  it("cancels a batch after a question that says how many do not run", async () => {
    const seen = stubBatches([createBatch()]);
    renderInConsole(<BatchesPage />);
    fireEvent.click(await screen.findByRole("button", { name: "Cancel the batch of CI" }));
    const question = await screen.findByRole("alertdialog", { name: "Cancel the batch of CI?" });
    expect(question.textContent).toContain("47 requests have not begun");
    expect(seen.some(({ method }) => method === "POST")).toBe(false);
    fireEvent.click(within(question).getByRole("button", { name: "Cancel batch" }));
    await waitFor(() => expect(seen.find(({ method }) => method === "POST")?.path).toBe("/api/batches/batch_1/cancel"));
    expect(await screen.findByText("What had not begun is cancelled.")).toBeDefined();
  });

  it("leads to the switch while batches are off, and offers a viewer no change", async () => {
    stubBatches([], { state: "off" });
    const { unmount } = renderInConsole(<BatchesPage />);
    const link = await screen.findByRole("link", { name: "Turn batches on" });
    expect(link.getAttribute("href")).toMatch(/^\/settings\/?#batches$/u);
    unmount();
    stubBatches([createBatch()]);
    renderInConsole(<BatchesPage />, { status: loggedInAsViewer });
    expect(await screen.findByText("CI")).toBeDefined();
    expect(screen.queryByRole("button", { name: /^Cancel/u })).toBeNull();
  });

  it("opens a batch and lists what failed of it, each with its reason and its request", async () => {
    const failedItem = {
      index: 3,
      custom_id: "row-4",
      state: "errored",
      status: 422,
      request_id: "req_1",
      error: { code: "content_filtered", message: "The answer was filtered." },
    };
    const seen = stubGateway({
      "GET /api/batches": () => ({
        batches: [createBatch({ metadata: { job: "nightly" } })],
        next_cursor: null,
        runner: { state: "running", until: null, running: 2 },
      }),
      "GET /api/batches/batch_1/items": ({ path }) =>
        path.includes("cursor=3")
          ? {
              items: [{ ...failedItem, index: 5, custom_id: "row-6", request_id: null, error: null }],
              next_cursor: null,
            }
          : { items: [failedItem], next_cursor: 3 },
    });
    renderInConsole(<BatchesPage />);
    fireEvent.click(await screen.findByRole("link", { name: /batch_1/u }));
    const sheet = await screen.findByRole("complementary", { name: "Batch of CI" });
    const failed = await within(sheet).findByRole("list", { name: "Failed requests" });
    expect(await within(failed).findByText("The answer was filtered.")).toBeDefined();
    expect(failed.textContent).toContain("422 content_filtered");
    expect(within(failed).getByRole("link", { name: "Request" }).getAttribute("href")).toContain("request=req_1");
    fireEvent.click(within(sheet).getByRole("button", { name: "Load more" }));
    expect(await within(failed).findByText("row-6")).toBeDefined();
    expect(sheet.textContent).toContain("nightly");
    expect(seen.some(({ path }) => path.includes("state=errored"))).toBe(true);
  });
});
