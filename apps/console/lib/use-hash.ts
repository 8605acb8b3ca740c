import { useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

/** What stands behind `#` in the address, decoded; empty without. */
export function useHash(): string {
  return useSyncExternalStore(
    subscribe,
    () => decodeHash(window.location.hash.slice(1)),
    () => "",
  );
}

function decodeHash(hash: string): string {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
