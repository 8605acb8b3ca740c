import { defaultRangeExtractor, type Range, type VirtualItem } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useState } from "react";
import type { LongListProps } from "#lib/long-list";
import { mergeIndexes, type Span } from "./merge-indexes";
import { useListOffset } from "./use-list-offset";

interface RowOptionsProps extends LongListProps {
  list: RefObject<HTMLElement | null>;
  heights: readonly number[];
}

const overscan = 4;
const answerPx = 180;

/** What both kinds of lists, in a box and in the page, are told. */
export function useRowOptions(props: RowOptionsProps, pinned: readonly (Span | null)[], scroller: HTMLElement | null) {
  const { keys, heights, gapPx, list } = props;
  const scrollMargin = useListOffset(list, scroller);
  const [before] = useState(() => layOut(keys, heights, gapPx));
  const rangeExtractor = useCallback(
    (range: Range) => mergeIndexes(defaultRangeExtractor(range), pinned, range.count),
    [pinned],
  );
  const sizePx =
    before.length === 0 ? (props.estimatedPx ?? answerPx) : Math.round((before.at(-1)?.end ?? 0) / before.length);
  return {
    count: keys.length,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    estimateSize: () => sizePx,
    overscan,
    gap: gapPx,
    scrollMargin,
    rangeExtractor,
    initialMeasurementsCache: before,
  };
}

/** The rows as they stood before, for a list that takes over. */
function layOut(keys: readonly string[], heights: readonly number[], gapPx: number): VirtualItem[] {
  const items: VirtualItem[] = [];
  let start = 0;
  for (const [index, size] of heights.entries()) {
    const key = keys[index];
    if (key === undefined) break;
    items.push({ key, index, start, end: start + size, size, lane: 0 });
    start += size + gapPx;
  }
  return items;
}
