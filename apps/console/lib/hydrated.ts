import { useSyncExternalStore } from "react";

const subscribeToNothing = () => () => undefined;

/** `false` while prerendering and during hydration: what depends on the browser must wait for `true`. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
}
