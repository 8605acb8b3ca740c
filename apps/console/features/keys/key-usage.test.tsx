import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createKey } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { KeyUsage } from "./key-usage";

describe("KeyUsage", () => {
  it("shows a bar for the limit that is met first, and how many more there are", () => {
    const key = createKey({
      max_requests: 1_000,
      current_requests: 250,
      max_credits: 5,
      current_credits: 1.234,
      limit_period: "month",
    });
    renderInConsole(<KeyUsage of={key} />);
    expect(screen.getAllByRole("meter").map((meter) => meter.getAttribute("aria-label"))).toEqual([
      "250 of 1,000 requests",
    ]);
    expect(screen.getByText("+1")).toBeDefined();
  });

  it("shows plain counts when nothing is limited", () => {
    renderInConsole(<KeyUsage of={createKey({ current_requests: 1, current_credits: 0.5 })} />);
    expect(screen.queryByRole("meter")).toBeNull();
    expect(screen.getByText("1 request")).toBeDefined();
  });
});
