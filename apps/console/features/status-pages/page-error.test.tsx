import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { renderInConsole } from "../../testing/render-in-console";
import { PageError } from "./page-error";

function loadError(): Error {
  const error = new Error("Failed to load chunk");
  error.name = "ChunkLoadError";
  return error;
}

it.each([
  ["en", "The page could not be shown.", "Try again"],
  ["zh-CN", "页面无法显示。", "重试"],
] as const)("is there at once and tries a page again that broke (%s)", (locale, text, retry) => {
  const reset = vi.fn();
  renderInConsole(<PageError error={new Error("broken")} reset={reset} />, { locale });
  expect(screen.getByText(text)).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: retry }));
  expect(reset).toHaveBeenCalledTimes(1);
});

it.each([
  ["en", /gateway was updated/u, "Reload"],
  ["zh-CN", /网关可能已更新/u, "重新加载"],
] as const)("offers to reload a page whose code did not come (%s)", (locale, text, reload) => {
  renderInConsole(<PageError error={loadError()} reset={() => undefined} />, { locale });
  expect(screen.getByText(text)).toBeDefined();
  expect(screen.getByRole("button", { name: reload })).toBeDefined();
});
