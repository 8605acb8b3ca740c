import { useRef } from "react";

interface ReturnFocus {
  onOpenAutoFocus: () => void;
  onCloseAutoFocus: (event: Event) => void;
}

/**
 * For dialogs opened by state, which Radix cannot tie to a trigger: remembers what had the focus and gives it
 * back. If that is gone by then (a deleted row, an earlier dialog), the page's content gets it.
 */
export function useReturnFocus(): ReturnFocus {
  const previous = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: () => {
      previous.current = document.activeElement;
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const isThere = previous.current?.isConnected === true && previous.current !== document.body;
      const target = isThere ? previous.current : document.getElementById("content");
      if (target instanceof HTMLElement) target.focus();
    },
  };
}
