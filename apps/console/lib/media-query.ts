import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query matches now. The console renders in the browser only, so there is always an answer. */
function useMediaQuery(query: string): boolean {
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener("change", onChange);
      return () => list.removeEventListener("change", onChange);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => window.matchMedia(query).matches,
    () => false,
  );
}

/** Below this width lists are cards, the side bar is a sheet and details cover the page. */
const narrowQuery = "(width < 64rem)";

export function useIsNarrow(): boolean {
  return useMediaQuery(narrowQuery);
}

/** From this width on, what chooses what a page shows has room beside its title. */
const wideQuery = "(width >= 80rem)";

export function useIsWide(): boolean {
  return useMediaQuery(wideQuery);
}
