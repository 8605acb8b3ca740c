import { fireEvent, render, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { BareFailure } from "./bare-failure";

it.each([
  ["en", "The console could not be shown", "Try again", "Reload"],
  ["zh-CN", "控制台无法显示", "重试", "重新加载"],
] as const)("needs nothing around it (%s)", (locale, title, retry, reload) => {
  const onRetry = vi.fn();
  render(<BareFailure locale={locale} onRetry={onRetry} />);
  expect(screen.getByRole("heading", { name: title })).toBeDefined();
  expect(screen.getByRole("button", { name: reload })).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: retry }));
  expect(onRetry).toHaveBeenCalledTimes(1);
});
