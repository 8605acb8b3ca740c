import { type RefObject, useEffect, useRef } from "react";
import { ledUpEvent } from "#lib/long-list";
import { isLeft, isNearEnd, isReached, type ScrollState } from "./held-end";

interface FollowedEnd {
  list: RefObject<HTMLElement | null>;
  scroller: HTMLElement;
  isFollowing: boolean;
  onEnd: ((isInSight: boolean) => void) | undefined;
}

const upKeys = new Set(["ArrowUp", "PageUp", "Home"]);

/** Keeps the end in sight, whether the list grows or its box gets smaller, until somebody goes up. */
export function useFollowedEnd({ list, scroller, isFollowing, onEnd }: FollowedEnd): void {
  const tell = useRef(onEnd);
  useEffect(() => {
    tell.current = onEnd;
  });
  useEffect(() => {
    if (!isFollowing) return;
    let last = readState(scroller);
    let isHeld = isNearEnd(last);
    let isUpWanted = false;
    const follow = () => {
      if (isHeld) scroller.scrollTop = scroller.scrollHeight;
      last = readState(scroller);
    };
    const stopListening = listenForUp(scroller, () => {
      isUpWanted = true;
    });
    const onScroll = () => {
      const now = readState(scroller);
      if (isReached(last, now)) isHeld = true;
      else if (isLeft(last, now, isUpWanted)) isHeld = false;
      if (now.topPx > last.topPx) isUpWanted = false;
      last = now;
      tell.current?.(isHeld);
    };
    const observer = new ResizeObserver(follow);
    observer.observe(scroller);
    if (list.current !== null) observer.observe(list.current);
    scroller.addEventListener("scroll", onScroll, { passive: true });
    tell.current?.(isHeld);
    return () => {
      observer.disconnect();
      stopListening();
      scroller.removeEventListener("scroll", onScroll);
    };
  }, [list, scroller, isFollowing]);
}

function readState({ scrollTop, clientHeight, scrollHeight }: HTMLElement): ScrollState {
  return { topPx: scrollTop, heightPx: clientHeight, contentPx: scrollHeight };
}

/** Tells of keys, wheel, finger and scroll bar: before any of them the page scrolls by itself only. */
function listenForUp(scroller: HTMLElement, onUp: () => void): () => void {
  const onWheel = ({ deltaY }: WheelEvent) => {
    if (deltaY < 0) onUp();
  };
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (upKeys.has(key)) onUp();
  };
  const onPointerDown = ({ target }: PointerEvent) => {
    // The bar is the box itself.
    if (target === scroller) onUp();
  };
  const controller = new AbortController();
  const options = { passive: true, signal: controller.signal };
  scroller.addEventListener("wheel", onWheel, options);
  scroller.addEventListener("keydown", onKeyDown, options);
  scroller.addEventListener("pointerdown", onPointerDown, options);
  scroller.addEventListener("touchmove", onUp, options);
  scroller.addEventListener(ledUpEvent, onUp, options);
  return () => controller.abort();
}
