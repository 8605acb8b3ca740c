import { act, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { createStatsRow } from "../testing/fixtures";
import { renderInConsole } from "../testing/render-in-console";
import { UsageMonth } from "./usage-month";

it("shows what stands below it once its own figures are there, so that nothing moves", async () => {
  const waiting: (() => void)[] = [];
  const totals = createStatsRow({ requests: 3 });
  vi.stubGlobal("fetch", async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return Response.json({ totals, rows: [] });
  });
  renderInConsole(<UsageMonth of={{ dimension: "key", id: "key-1" }}>below</UsageMonth>);
  await vi.waitFor(() => expect(waiting).toHaveLength(2));
  await act(async () => waiting[0]?.());
  expect(screen.queryByText(/below/u)).toBeNull();
  await act(async () => waiting[1]?.());
  expect(await screen.findByText("The last 30 days")).toBeDefined();
  expect(screen.getByText(/below/u)).toBeDefined();
});
