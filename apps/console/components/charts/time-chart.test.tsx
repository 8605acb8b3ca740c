import { fireEvent, screen } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
import { useRange } from "#lib/use-range";
import { renderInConsole } from "../../testing/render-in-console";
import { TimeChart } from "./time-chart";

function ChartPage({ isStrip = false }: { isStrip?: boolean }) {
  const range = useRange("24h");
  const { fromMs, toMs, timeZone, nowMs, bucket } = range;
  const { buckets } = useTimeOfAnswer({ asked: { fromMs, toMs, timeZone, groupBy: bucket } }, nowMs);
  const series = [{ id: "all", label: "Requests", values: buckets.map(() => 1) }];
  return (
    <>
      <output>{range.search}</output>
      <button type="button" onClick={() => range.choose("month")}>
        This month
      </button>
      <TimeChart
        label="Requests"
        kind="bars"
        data={{ buckets, series }}
        range={range}
        formatValue={String}
        {...(isStrip ? { onOpenBucket: range.chooseSpan } : {})}
      />
    </>
  );
}

const shownRange = () => new URLSearchParams(screen.getByRole("status").textContent ?? "").get("range");
const chart = () => screen.getByRole("group", { name: "Requests" });

/** Chooses the first two buckets, as a drag does. */
function chooseTwo(): void {
  for (const key of ["Home", "ArrowRight", "Enter"]) {
    fireEvent.keyDown(chart(), { key, shiftKey: key === "ArrowRight" });
  }
}

it.each([
  ["Escape", () => fireEvent.keyDown(chart(), { key: "Escape" })],
  ["a double click", () => fireEvent.doubleClick(chart())],
])("goes back by %s to what was shown before each selection, one after the other", (_way, goBack) => {
  renderInConsole(<ChartPage />, { search: "range=30d" });
  chooseTwo();
  expect(shownRange()).toBe("custom");
  const first = screen.getByRole("status").textContent;
  chooseTwo();
  expect(screen.getByRole("status").textContent).not.toBe(first);
  goBack();
  expect(screen.getByRole("status").textContent).toBe(first);
  goBack();
  expect(shownRange()).toBe("30d");
  goBack();
  expect(shownRange()).toBe("30d");
});

it("leaves a span alone that no selection made", () => {
  const own = "range=custom&from=2026-11-20T00:00:00.000Z&to=2026-11-21T00:00:00.000Z";
  renderInConsole(<ChartPage />, { search: own });
  fireEvent.keyDown(chart(), { key: "Escape" });
  expect(shownRange()).toBe("custom");
  chooseTwo();
  fireEvent.click(screen.getByRole("button", { name: "This month" }));
  fireEvent.doubleClick(chart());
  expect(shownRange()).toBe("month");
});

it("takes back with a double click the bucket that its first press chose", () => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1_000);
  renderInConsole(<ChartPage isStrip />, { search: "range=30d" });
  chooseTwo();
  const press = () => {
    fireEvent.pointerDown(chart(), { button: 0, clientX: 500 });
    fireEvent.pointerUp(chart(), { button: 0, clientX: 500 });
  };
  const chosen = screen.getByRole("status").textContent;
  press();
  expect(screen.getByRole("status").textContent).not.toBe(chosen);
  press();
  fireEvent.doubleClick(chart());
  expect(shownRange()).toBe("30d");
  vi.restoreAllMocks();
});
