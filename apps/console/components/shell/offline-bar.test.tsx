import { fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { BottomBar } from "./bottom-bar";
import { OfflineBar } from "./offline-bar";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["en", /The browser is offline/u, "Keys", /other pages open when it is back/u],
  ["zh-CN", /浏览器已离线/u, "密钥", /恢复联网后才能打开其他页面/u],
] as const)("keeps the page while there is no network, and says why (%s)", async (locale, bar, link, kept) => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  renderInConsole(
    <>
      <OfflineBar />
      <BottomBar />
    </>,
    { locale },
  );
  expect(screen.getByText(bar)).toBeDefined();
  // What is prevented would have left the page.
  expect(fireEvent.click(screen.getByRole("link", { name: link }))).toBe(false);
  // A screen reader is told too.
  expect(await screen.findAllByText(kept)).not.toEqual([]);
});
