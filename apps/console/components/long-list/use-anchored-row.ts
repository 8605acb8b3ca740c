import { type RefObject, useEffect } from "react";
import { type Anchor, findAnchor, readAnchorShift } from "./find-anchor";

/**
 * Keeps what is read in its place when the row at the edge changes above it. Rows that are wholly out of sight are the
 * virtualiser's; what browsers do of this for other pages they do not do where rows are placed by a transform.
 */
export function useAnchoredRow(list: RefObject<HTMLElement | null>, scroller: HTMLElement | null): void {
  useEffect(() => {
    const source = scroller ?? document;
    let anchor: Anchor | null = null;
    let frame: number | null = null;
    const observer = new ResizeObserver(() => {
      const shift = anchor === null ? 0 : readAnchorShift(anchor);
      if (Math.abs(shift) >= 1) (scroller ?? window).scrollBy({ top: shift, behavior: "instant" });
      read();
    });
    const read = () => {
      const before = anchor;
      anchor = list.current === null ? null : findAnchor(list.current, scroller?.getBoundingClientRect().top ?? 0);
      if (before?.row === anchor?.row) return;
      observer.disconnect();
      if (anchor !== null) observer.observe(anchor.row);
    };
    const onScroll = () => {
      frame ??= requestAnimationFrame(() => {
        frame = null;
        read();
      });
    };
    read();
    source.addEventListener("scroll", onScroll, { passive: true });
    return () => {
      source.removeEventListener("scroll", onScroll);
      observer.disconnect();
      if (frame !== null) cancelAnimationFrame(frame);
    };
  }, [list, scroller]);
}
