import { type RefObject, useLayoutEffect, useState } from "react";

/** How far the list begins below the start of what it scrolls in. */
export function useListOffset(list: RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null) return;
    const read = () => {
      const { top } = element.getBoundingClientRect();
      setOffset(
        Math.round(
          scroller === null
            ? top + window.scrollY
            : top - scroller.getBoundingClientRect().top - scroller.clientTop + scroller.scrollTop,
        ),
      );
    };
    read();
    // What stands above wraps when the width changes.
    const observer = new ResizeObserver(read);
    observer.observe(element);
    return () => observer.disconnect();
  }, [list, scroller]);
  return offset;
}
