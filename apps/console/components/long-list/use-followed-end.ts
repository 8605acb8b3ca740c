import { type RefObject, useEffect, useRef } from "react";

interface FollowedEnd {
  list: RefObject<HTMLElement | null>;
  scroller: HTMLElement;
  isFollowing: boolean;
  onEnd: ((isInSight: boolean) => void) | undefined;
}

/** So near its end the list follows what comes there. */
const nearEndPx = 70;

/**
 * Keeps the end in sight, whether the list grows or the box it scrolls in gets smaller, until somebody scrolls up. What
 * was in sight last counts, not where things are by now: both may have changed since.
 */
export function useFollowedEnd({ list, scroller, isFollowing, onEnd }: FollowedEnd): void {
  const tell = useRef(onEnd);
  useEffect(() => {
    tell.current = onEnd;
  });
  useEffect(() => {
    if (!isFollowing) return;
    const isAtEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= nearEndPx;
    let isHeld = isAtEnd();
    let lastPx = scroller.scrollTop;
    const onScroll = () => {
      if (isAtEnd()) isHeld = true;
      else if (scroller.scrollTop < lastPx) isHeld = false;
      lastPx = scroller.scrollTop;
      tell.current?.(isHeld);
    };
    const observer = new ResizeObserver(() => {
      if (!isHeld) return;
      scroller.scrollTop = scroller.scrollHeight;
      lastPx = scroller.scrollTop;
    });
    observer.observe(scroller);
    if (list.current !== null) observer.observe(list.current);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    tell.current?.(isHeld);
    return () => {
      observer.disconnect();
      scroller.removeEventListener("scroll", onScroll);
    };
  }, [list, scroller, isFollowing]);
}
