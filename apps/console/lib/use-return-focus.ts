import { useCallback, useState } from "react";

/**
 * For what is opened by state and so has no trigger to go back to: remembers what had the focus when it was first
 * shown. If that is gone by the end (a deleted row, an earlier dialog), the page's content gets the focus.
 */
export function useReturnFocus(): () => HTMLElement | null {
  const [previous] = useState(() => document.activeElement);
  return useCallback(() => {
    const isThere = previous instanceof HTMLElement && previous.isConnected && previous !== document.body;
    return isThere ? previous : document.getElementById("content");
  }, [previous]);
}
