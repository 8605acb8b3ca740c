import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, expect, it, vi } from "vitest";
import { useLocalePreference } from "./locale-preference";
import { createPreferenceStore, PreferenceContext } from "./stored-preference";
import { useTheme } from "./theme-preference";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

function renderBoth() {
  const store = createPreferenceStore();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <PreferenceContext value={store}>{children}</PreferenceContext>
  );
  return renderHook(() => ({ theme: useTheme(), other: useTheme(), locale: useLocalePreference() }), { wrapper });
}

function refuse(): string {
  throw new DOMException("The operation is insecure.", "SecurityError");
}

const light = () => "light";

it.each([
  ["blocked", refuse],
  ["full", light],
] as const)(
  "follows a choice until the page is loaded again, though the browser's storage is %s",
  (_state, readItem) => {
    vi.stubGlobal("localStorage", { getItem: readItem, setItem: refuse });
    const { result } = renderBoth();
    act(() => result.current.theme[1]("dark"));
    act(() => result.current.locale[1]("zh-CN"));
    expect(result.current.theme[0]).toBe("dark");
    expect(result.current.other[0]).toBe("dark");
    expect(result.current.locale[0]).toBe("zh-CN");
  },
);

it("keeps a choice in the browser, and follows what another tab chooses", () => {
  const { result } = renderBoth();
  act(() => result.current.theme[1]("dark"));
  expect(localStorage.getItem("console.theme")).toBe("dark");
  act(() => {
    localStorage.setItem("console.theme", "light");
    window.dispatchEvent(new Event("storage"));
  });
  expect(result.current.theme[0]).toBe("light");
});
