import { fireEvent, screen } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { ApiError, localErrorCodes } from "#lib/api/api-error";
import { renderInConsole } from "../testing/render-in-console";
import { ErrorNotice } from "./error-notice";

describe("ErrorNotice", () => {
  it("shows the gateway's message and the request id to quote", () => {
    const error = new ApiError({ status: 409, code: "conflict", message: "This alias is taken.", requestId: "req-7" });
    renderInConsole(<ErrorNotice error={error} />);
    expect(screen.getByRole("alert").textContent).toBe("This alias is taken.Request req-7");
  });

  it("says in the console's language that the gateway is unreachable", () => {
    const error = new ApiError({ status: 0, code: localErrorCodes.unreachable, message: "internal" });
    renderInConsole(<ErrorNotice error={error} />, { locale: "zh-CN" });
    expect(screen.getByRole("alert").textContent).toContain("无法连接到网关");
  });

  it("never shows the text of an unexpected error", () => {
    renderInConsole(<ErrorNotice error={new TypeError("x is not a function")} />);
    expect(screen.getByRole("alert").textContent).not.toContain("x is not a function");
  });

  it("offers to try again", () => {
    const retry = vi.fn();
    renderInConsole(<ErrorNotice error={new Error("x")} onRetry={retry} />);
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(retry).toHaveBeenCalledOnce();
  });
});
