import { useEffect, useState } from "react";
import type { ShowRow } from "../long-list";
import { findInRows, type ReadRow, type RowPlace } from "./find-in-rows";
import { findText } from "./find-text";
import { type Found, findWaitMs, markPlaces, revealPlace, stepFrom } from "./found";

/** A list of which only the rows in sight are in the page. */
export interface SoughtRows {
  count: number;
  /** Makes what reads a row; fetched when something is looked for. */
  loadReader: () => Promise<ReadRow>;
  show: ShowRow;
  element: () => HTMLElement | null;
}

/** The console's own words between what is looked through. */
const labels = "[data-label], button";
const workMs = 12;

/** Finds a text in all rows of a list, those too that are out of sight. Nothing is looked for where it is null. */
export function useFoundInRows(sought: SoughtRows | null, text: string): Found {
  const [places, setPlaces] = useState<readonly RowPlace[]>([]);
  const [current, setCurrent] = useState<RowPlace | null>(null);
  useEffect(() => {
    if (sought === null || text === "") {
      setPlaces([]);
      setCurrent(null);
      return;
    }
    const controller = new AbortController();
    const look = async () => {
      const { signal } = controller;
      const readRow = await sought.loadReader();
      const found = await findInRows({ count: sought.count, readRow, text, rest: createRests(), signal });
      if (signal.aborted) return;
      setPlaces(found);
      setCurrent((now) => found.find((place) => place.row === now?.row && place.at === now.at) ?? null);
    };
    const timer = setTimeout(() => void look(), findWaitMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [sought, text]);
  useMarks(sought, text, current);
  const index = current === null ? -1 : places.indexOf(current);
  const go = (step: 1 | -1) => {
    const next = places[stepFrom(index, step, places.length)];
    if (sought === null || next === undefined) return;
    setCurrent(next);
    sought.show(next.row, (element) => revealPlace(placeIn(element, text, next) ?? wholeOf(element)));
  };
  return { count: places.length, current: index, go };
}

/** Marks the places in the rows that are in the page, and again whenever other rows are. */
function useMarks(sought: SoughtRows | null, text: string, current: RowPlace | null): void {
  useEffect(() => {
    const list = sought?.element() ?? null;
    if (list === null || text === "") return;
    let unmark = (): void => undefined;
    const mark = () => {
      unmark();
      const row = current === null ? null : list.querySelector(`[data-index="${current.row}"]`);
      const place = row === null || current === null ? null : placeIn(row, text, current);
      unmark = markPlaces(findText(list, text, labels), place);
    };
    mark();
    let frame: number | null = null;
    const observer = new MutationObserver(() => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        mark();
      });
    });
    observer.observe(list, { childList: true, characterData: true, subtree: true });
    return () => {
      observer.disconnect();
      if (frame !== null) cancelAnimationFrame(frame);
      unmark();
    };
  }, [sought, text, current]);
}

function placeIn(row: Element, text: string, { at }: RowPlace): Range | null {
  const ranges = findText(row, text, labels);
  return ranges[at] ?? ranges.at(-1) ?? null;
}

function wholeOf(row: Element): Range {
  const range = document.createRange();
  range.selectNodeContents(row);
  return range;
}

/** A frame's pause as often as the page needs one. */
function createRests(): () => Promise<void> | null {
  let sinceMs = performance.now();
  return () => {
    if (performance.now() - sinceMs < workMs) return null;
    return new Promise((resolve) =>
      requestAnimationFrame(() => {
        sinceMs = performance.now();
        resolve();
      }),
    );
  };
}
