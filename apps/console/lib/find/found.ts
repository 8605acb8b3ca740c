/** Where a text was found. */
export interface Found {
  count: number;
  /** The place that is looked at; -1 before the first step. */
  current: number;
  go: (step: 1 | -1) => void;
}

/** How long somebody has to rest from typing before the text is looked for. */
export const findWaitMs = 150;

/** The place after or before another, round and round. */
export function stepFrom(current: number, step: 1 | -1, count: number): number {
  return current === -1 && step === -1 ? count - 1 : (current + step + count) % count;
}

/**
 * Marks places, and the one that is looked at. What it gives back takes these marks away and leaves those of another
 * search: the page may have several at a time.
 */
export function markPlaces(places: readonly Range[], current: Range | null): () => void {
  if (typeof Highlight === "undefined") return () => undefined;
  const unmarks = [addMarks("find", 0, places), addMarks("find-current", 1, current === null ? [] : [current])];
  return () => {
    for (const unmark of unmarks) unmark();
  };
}

function addMarks(name: string, priority: number, ranges: readonly Range[]): () => void {
  const marks = CSS.highlights.get(name) ?? new Highlight();
  marks.priority = priority;
  for (const range of ranges) marks.add(range);
  CSS.highlights.set(name, marks);
  return () => {
    for (const range of ranges) marks.delete(range);
  };
}

/** Brings a place into sight, out of whatever it is folded away in. */
export function revealPlace(place: Range): void {
  const element = place.startContainer.parentElement;
  for (let folded = element?.closest("details") ?? null; folded !== null; ) {
    folded.open = true;
    folded = folded.parentElement?.closest("details") ?? null;
  }
  element?.scrollIntoView({ block: "center" });
}
