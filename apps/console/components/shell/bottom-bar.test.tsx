import { fireEvent, screen } from "@testing-library/react";
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { afterEach, expect, it, vi } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { BottomBar } from "./bottom-bar";

afterEach(() => window.history.replaceState(null, "", "/"));

it("takes the span and the filter along, as the side bar does", () => {
  window.history.replaceState(null, "", "/?range=30d&model=gpt-5-mini");
  const push = vi.fn();
  const router: AppRouterInstance = {
    bfcacheId: "test",
    back: vi.fn(),
    forward: vi.fn(),
    refresh: vi.fn(),
    push,
    replace: vi.fn(),
    prefetch: vi.fn(),
  };
  renderInConsole(
    <AppRouterContext value={router}>
      <BottomBar />
    </AppRouterContext>,
  );
  expect(fireEvent.click(screen.getByRole("link", { name: "Sessions" }))).toBe(false);
  expect(push).toHaveBeenCalledWith("/sessions/?range=30d&model=gpt-5-mini");
});
