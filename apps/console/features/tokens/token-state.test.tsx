import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { createToken } from "../../testing/fixtures";
import { renderInConsole } from "../../testing/render-in-console";
import { TokenState } from "./token-state";

describe("TokenState", () => {
  it("says why GitHub refused a token", () => {
    const token = createToken({ status: "auth_failed", error_message: "Bad credentials" });
    renderInConsole(<TokenState token={token} />);
    expect(screen.getByText("Refused by GitHub")).toBeDefined();
    expect(screen.getByText("Bad credentials")).toBeDefined();
  });

  it("says why and until when a token rests, with the exact time at hand", () => {
    const token = createToken({
      status: "cooling",
      error_message: "Too many requests",
      cooling_until: "2026-11-22T12:30:00Z",
    });
    renderInConsole(<TokenState token={token} />);
    expect(screen.getByText("Resting")).toBeDefined();
    expect(screen.getByText(/Too many requests/u)).toBeDefined();
    const time = screen.getByText("in 30 minutes");
    expect(time.getAttribute("title")).toBe("November 22, 2026 at 12:30:00 PM");
    expect(time.getAttribute("datetime")).toBe("2026-11-22T12:30:00Z");
  });

  it.each([
    ["en", ["Resting", "Back Nov 22, 2026, 12:30 PM", "GitHub limits the account now.", "Slow down, please"]],
    ["zh-CN", ["冷却中", "2026年11月22日 12:30 恢复", "GitHub 正在对该账户限流。", "Slow down, please"]],
  ] as const)(
    "tells all of it at hand, the reason in the reader's language, with GitHub's own words (%s)",
    (locale, lines) => {
      const token = createToken({
        status: "cooling",
        reason_code: "account_rate_limited",
        error_message: "Slow down, please",
        cooling_until: "2026-11-22T12:30:00Z",
      });
      const { container } = renderInConsole(<TokenState token={token} />, { locale });
      expect(container.querySelector("[title]")?.getAttribute("title")?.split("\n")).toEqual(lines);
      expect(container.textContent).toContain(lines[2]);
      expect(container.textContent).not.toContain("Slow down");
    },
  );

  it("shows a warning of a token that works", () => {
    renderInConsole(<TokenState token={createToken({ warning: "No Claude models" })} />);
    expect(screen.getByText("Active")).toBeDefined();
    expect(screen.getByText("No Claude models")).toBeDefined();
  });

  it("speaks Chinese", () => {
    renderInConsole(<TokenState token={createToken({ status: "exhausted" })} />, { locale: "zh-CN" });
    expect(screen.getByText("配额已用完")).toBeDefined();
  });

  it("leaves GitHub's English words to the details of a Chinese page", () => {
    const token = createToken({ status: "auth_failed", error_message: "Bad credentials" });
    renderInConsole(<TokenState token={token} />, { locale: "zh-CN" });
    expect(screen.getByText("被 GitHub 拒绝")).toBeDefined();
    expect(screen.queryByText("Bad credentials")).toBeNull();
  });
});
