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

/** Marks places; null for one takes its mark away. */
export function markPlaces(places: readonly Range[], current: Range | null): void {
  if (typeof Highlight === "undefined") return;
  CSS.highlights.set("find", new Highlight(...places));
  if (current === null) CSS.highlights.delete("find-current");
  else CSS.highlights.set("find-current", new Highlight(current));
}

export function unmarkPlaces(): void {
  if (typeof Highlight === "undefined") return;
  CSS.highlights.delete("find");
  CSS.highlights.delete("find-current");
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
