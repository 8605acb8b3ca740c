"use client";

import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import type { LongListProps } from "#lib/long-list";
import { findScroller } from "./find-scroller";
import { LongListRows } from "./long-list-rows";
import { useAnchoredRow } from "./use-anchored-row";
import { useFollowedEnd } from "./use-followed-end";
import { usePinnedRows } from "./use-pinned-rows";
import { useRowOptions } from "./use-row-options";

/**
 * A list of which only the rows in sight, and a few around them, are in the page. Rows are as high as they turn out to
 * be; what is read stays where it is when one above it changes. Also there: the row with the focus, those that are
 * selected, the one that was asked for, and on paper all.
 */
export function LongList(props: LongListProps) {
  const list = useRef<HTMLOListElement>(null);
  const [heights] = useState(() => props.readHeights?.() ?? []);
  const [scroller, setScroller] = useState<HTMLElement | null>();
  useLayoutEffect(() => {
    if (list.current !== null) setScroller(findScroller(list.current));
  }, []);
  const parts = { ...props, list, heights };
  if (scroller === undefined) {
    // As high as it was, or what it stands in would scroll back.
    const heightPx = heights.reduce((sum, height) => sum + height + props.gapPx, 0);
    return <ol ref={list} aria-busy className={props.className} style={{ height: heightPx }} />;
  }
  return scroller === null ? <PageRows {...parts} /> : <BoxRows {...parts} scroller={scroller} />;
}

type RowsProps = LongListProps & { list: RefObject<HTMLOListElement | null>; heights: readonly number[] };

function BoxRows({ scroller, ...props }: RowsProps & { scroller: HTMLElement }) {
  const pins = usePinnedRows(props);
  const options = useRowOptions(props, pins.spans, scroller);
  const virtualizer = useVirtualizer<HTMLElement, HTMLElement>({
    ...options,
    getScrollElement: () => scroller,
    // It writes its own offset when it begins: not to the start where somebody reads further down.
    initialOffset: () => scroller.scrollTop,
  });
  useStartAtEnd(virtualizer, props.isFromEnd === true);
  useAnchoredRow(props.list, scroller);
  useFollowedEnd({ list: props.list, scroller, isFollowing: props.isFollowing === true, onEnd: props.onEnd });
  return <LongListRows {...props} virtualizer={virtualizer} onFocus={pins.onFocus} />;
}

function PageRows(props: RowsProps) {
  const pins = usePinnedRows(props);
  const options = useRowOptions(props, pins.spans, null);
  const virtualizer = useWindowVirtualizer<HTMLElement>(options);
  useStartAtEnd(virtualizer, props.isFromEnd === true);
  useAnchoredRow(props.list, null);
  return <LongListRows {...props} virtualizer={virtualizer} onFocus={pins.onFocus} />;
}

function useStartAtEnd<Scroller extends Element | Window>(
  virtualizer: Virtualizer<Scroller, HTMLElement>,
  isAtEnd: boolean,
): void {
  const [isFromEnd] = useState(isAtEnd);
  useLayoutEffect(() => {
    if (isFromEnd) virtualizer.scrollToEnd();
  }, [isFromEnd, virtualizer]);
}
