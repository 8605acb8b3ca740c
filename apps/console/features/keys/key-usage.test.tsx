import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createKey } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { KeyUsage } from "./key-usage";

describe("KeyUsage", () => {
  it("shows a bar for each limit, and the period it counts in", () => {
    const key = createKey({
      max_requests: 1_000,
      current_requests: 250,
      max_credits: 5,
      current_credits: 1.234,
      limit_period: "month",
    });
    renderInConsole(<KeyUsage apiKey={key} />);
    expect(screen.getAllByRole("meter").map((meter) => meter.getAttribute("aria-label"))).toEqual([
      "250 of 1,000 requests",
      "1.23 of 5 credits",
    ]);
    expect(screen.getByText("Counted per month")).toBeDefined();
    expect(screen.getByText("0 premium")).toBeDefined();
  });

  it("shows plain counts when nothing is limited", () => {
    renderInConsole(<KeyUsage apiKey={createKey({ current_requests: 1, current_credits: 0.5 })} />);
    expect(screen.queryByRole("meter")).toBeNull();
    expect(screen.getByText("1 request · 0 premium · 0.5 credits")).toBeDefined();
    expect(screen.getByText("No usage limit")).toBeDefined();
  });

  it("names the rates", () => {
    renderInConsole(<KeyUsage apiKey={createKey({ rpm: 60, tpm: 100_000, max_concurrency: 4 })} />);
    expect(screen.getByText(/60 requests\/min · 100,000 tokens\/min · 4 at a time/u)).toBeDefined();
  });
});
