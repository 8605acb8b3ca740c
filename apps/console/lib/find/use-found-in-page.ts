import { useEffect, useState } from "react";
import { findText } from "./find-text";
import { type Found, findWaitMs, markPlaces, revealPlace, stepFrom } from "./found";

/** Finds a text in what stands in the page; `version` changes with it. Nothing is looked for where that is null. */
export function useFoundInPage(element: (() => HTMLElement | null) | null, version: unknown, text: string): Found {
  const [places, setPlaces] = useState<readonly Range[]>([]);
  const [current, setCurrent] = useState(-1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what stands in the page changes with its version
  useEffect(() => {
    const timer = setTimeout(() => {
      const root = element?.() ?? null;
      setPlaces(root === null ? [] : findText(root, text));
      setCurrent(-1);
    }, findWaitMs);
    return () => clearTimeout(timer);
  }, [element, version, text]);
  useEffect(() => {
    if (element === null || text === "") return;
    return markPlaces(places, places[current] ?? null);
  }, [element, text, places, current]);
  const go = (step: 1 | -1) => {
    if (places.length === 0) return;
    const next = stepFrom(current, step, places.length);
    setCurrent(next);
    const place = places[next];
    if (place !== undefined) revealPlace(place);
  };
  return { count: places.length, current, go };
}
