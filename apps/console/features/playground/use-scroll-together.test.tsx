import { fireEvent, render } from "@testing-library/react";
import { useRef } from "react";
import { expect, it, vi } from "vitest";
import { ledUpEvent } from "#lib/long-list";
import { useScrollTogether } from "./use-scroll-together";

const boxPx = 500;
const contentsPx = [1_500, 4_500, 400] as const;

function Columns() {
  const box = useRef<HTMLDivElement>(null);
  useScrollTogether(box, true);
  return (
    <div ref={box}>
      {contentsPx.map((contentPx) => (
        <section key={contentPx} aria-label={String(contentPx)}>
          <div role="log" ref={(log) => void (log !== null && giveSize(log, contentPx))} />
          <button type="button">{`to the end of ${contentPx}`}</button>
        </section>
      ))}
    </div>
  );
}

/** Nothing is laid out here; each scroll is told at once, as a browser tells it a little later. */
function giveSize(log: HTMLElement, contentPx: number): void {
  let topPx = 0;
  Object.defineProperties(log, {
    clientHeight: { value: Math.min(boxPx, contentPx), configurable: true },
    scrollHeight: { value: contentPx, configurable: true },
    scrollTop: {
      configurable: true,
      get: () => topPx,
      set: (next: number) => {
        topPx = next;
        log.dispatchEvent(new Event("scroll"));
      },
    },
    scrollTo: {
      configurable: true,
      value: ({ top = 0 }: ScrollToOptions) => {
        log.scrollTop = top;
      },
    },
  });
}

function renderColumns() {
  const { getAllByRole } = render(<Columns />);
  const logs = getAllByRole("log");
  const tops = () => logs.map((log) => log.scrollTop);
  return { logs, tops, buttons: getAllByRole("button") };
}

it("leads the other columns to the same share of their length, and they lead nothing back", () => {
  const { logs, tops } = renderColumns();
  const [short, long] = logs;
  if (short === undefined || long === undefined) throw new Error("there are three");
  fireEvent.wheel(short);
  short.scrollTop = 333;
  expect(tops()).toEqual([333, 1_332, 0]);
  // What another one does by itself, as an answer comes in, moves nothing.
  long.scrollTop = 4_000;
  expect(tops()).toEqual([333, 4_000, 0]);
  fireEvent.keyDown(long);
  long.scrollTop = 2_001;
  expect(tops()).toEqual([500, 2_001, 0]);
});

it("follows a column whose button was pressed, and tells another that it is led up", () => {
  const { logs, tops, buttons } = renderColumns();
  const [short, long] = logs;
  if (short === undefined || long === undefined || buttons[0] === undefined) throw new Error("there are three");
  const ledUp = vi.fn();
  long.addEventListener(ledUpEvent, ledUp);
  fireEvent.pointerDown(buttons[0]);
  short.scrollTop = 1_000;
  expect(tops()).toEqual([1_000, 4_000, 0]);
  expect(ledUp).not.toHaveBeenCalled();
  short.scrollTop = 500;
  expect(tops()).toEqual([500, 2_000, 0]);
  expect(ledUp).toHaveBeenCalledTimes(1);
});
