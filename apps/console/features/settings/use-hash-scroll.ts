import { useEffect } from "react";

/** Scrolls to what the address's `#…` names once the page has grown to its height. */
export function useHashScroll(isReady: boolean): void {
  useEffect(() => {
    if (!isReady || window.location.hash === "") return;
    document.getElementById(decodeURIComponent(window.location.hash.slice(1)))?.scrollIntoView();
  }, [isReady]);
}
