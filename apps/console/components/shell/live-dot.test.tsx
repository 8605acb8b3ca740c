import { act, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { LiveContext } from "#lib/live/live-context";
import { renderInConsole } from "../../testing/render-in-console";
import { LiveDot } from "./live-dot";

it("says that nothing is heard as soon as the browser has no network", async () => {
  const online = vi.spyOn(navigator, "onLine", "get").mockReturnValue(true);
  renderInConsole(
    <LiveContext value={{ status: "live", subscribe: () => () => undefined }}>
      <LiveDot />
    </LiveContext>,
  );
  expect((await screen.findByRole("status")).textContent).toBe("Live");
  online.mockReturnValue(false);
  act(() => void window.dispatchEvent(new Event("offline")));
  expect(screen.getByRole("status").textContent).toBe("Reconnecting");
});
