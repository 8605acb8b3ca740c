import { type RefObject, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { LongListProps } from "#lib/long-list";
import type { Span } from "./merge-indexes";
import { useSelectedSpan } from "./use-selected-span";

interface Asked {
  key: string;
  then: (element: HTMLElement) => void;
}

/** The rows that have to be there though they may be out of sight. */
export function usePinnedRows(props: LongListProps & { list: RefObject<HTMLElement | null> }) {
  const { keys, list, handle, isFollowing = false } = props;
  const [focused, onFocus] = useState<string | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const selected = useSelectedSpan(list, keys.length);
  useImperativeHandle(
    handle,
    () => ({
      show: (index, then) => {
        const key = keys[index];
        if (key !== undefined) setAsked({ key, then });
      },
      element: () => list.current,
    }),
    [keys, list],
  );
  const handedOver = useRef<Asked | null>(null);
  // Handed over once, however the rows change later. A list that has just begun may not have the row at first.
  useLayoutEffect(() => {
    if (asked === null || asked === handedOver.current) return;
    const element = list.current?.querySelector<HTMLElement>(`[data-index="${keys.indexOf(asked.key)}"]`);
    if (element == null) return;
    handedOver.current = asked;
    asked.then(element);
  });
  const spans = useMemo(() => {
    const spanOf = (key: string | null | undefined): Span | null => {
      const index = key == null ? -1 : keys.indexOf(key);
      return index === -1 ? null : [index, index];
    };
    // What is at the end of a list that is read from there has something to fill in, or grows.
    const last: Span | null = isFollowing ? [keys.length - 1, keys.length - 1] : null;
    return [spanOf(focused), spanOf(asked?.key), selected, last];
  }, [keys, focused, asked, selected, isFollowing]);
  return { spans, onFocus };
}
