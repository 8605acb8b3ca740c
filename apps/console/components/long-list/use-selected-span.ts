import { type RefObject, useEffect, useState } from "react";
import type { Span } from "./merge-indexes";

/** The rows that a selection of text begins and ends in: all of them have to be there, or what is copied has holes. */
export function useSelectedSpan(list: RefObject<HTMLElement | null>, count: number): Span | null {
  const [span, setSpan] = useState<Span | null>(null);
  useEffect(() => {
    const read = () => {
      const next = list.current === null ? null : spanOf(document.getSelection(), list.current, count);
      setSpan((now) => (now?.[0] === next?.[0] && now?.[1] === next?.[1] ? now : next));
    };
    document.addEventListener("selectionchange", read);
    return () => document.removeEventListener("selectionchange", read);
  }, [list, count]);
  return span;
}

function spanOf(selection: Selection | null, list: HTMLElement, count: number): Span | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(list)) return null;
  // Where it begins before the list, or ends behind it, all of the list on that side is part of it.
  return [rowOf(range.startContainer, list) ?? 0, rowOf(range.endContainer, list) ?? count - 1];
}

function rowOf(node: Node, list: HTMLElement): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const row = element?.closest<HTMLElement>("[data-index]") ?? null;
  return row !== null && list.contains(row) ? Number(row.dataset.index) : null;
}
