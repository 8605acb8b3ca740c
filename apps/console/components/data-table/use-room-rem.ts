import { useSyncExternalStore } from "react";

/** Widest page, and what lies left and right of a list in it. */
const maxPagePx = 1_600;
const aroundPx = 50;
const pxPerRem = 16;

/** How wide a list across the page may be. It is the same for whatever shows the list and whatever chooses its columns. */
export function useRoomRem(): number {
  return useSyncExternalStore(subscribe, readRoomRem, () => Number.POSITIVE_INFINITY);
}

function readRoomRem(): number {
  const main = document.querySelector("main");
  if (main === null || main.clientWidth === 0) return Number.POSITIVE_INFINITY;
  return (Math.min(main.clientWidth, maxPagePx) - aroundPx) / pxPerRem;
}

function subscribe(onChange: () => void): () => void {
  const main = document.querySelector("main");
  if (main === null) return () => undefined;
  const observer = new ResizeObserver(onChange);
  observer.observe(main);
  return () => observer.disconnect();
}
