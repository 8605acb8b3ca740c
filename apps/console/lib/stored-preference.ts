import { createContext, useCallback, useContext, useSyncExternalStore } from "react";

/** The choices of one browser, and whoever is to know when they change. */
interface PreferenceStore {
  read: (key: string) => string | null;
  write: (key: string, value: string) => void;
  subscribe: (onChange: () => void) => () => void;
}

/** Where the browser refuses to store a choice, as it does when storage is blocked or full, it lasts until the next reload. */
export function createPreferenceStore(): PreferenceStore {
  const refused = new Map<string, string>();
  const listeners = new Set<() => void>();
  return {
    read: (key) => {
      try {
        return refused.get(key) ?? localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    write: (key, value) => {
      try {
        localStorage.setItem(key, value);
        refused.delete(key);
      } catch {
        refused.set(key, value);
      }
      for (const onChange of listeners) onChange();
    },
    subscribe: (onChange) => {
      listeners.add(onChange);
      window.addEventListener("storage", onChange);
      return () => {
        listeners.delete(onChange);
        window.removeEventListener("storage", onChange);
      };
    },
  };
}

export const PreferenceContext = createContext<PreferenceStore | null>(null);

/** A choice kept in this browser, shared by all tabs; `null` until chosen and while prerendering. */
export function useStoredPreference(key: string): readonly [string | null, (value: string) => void] {
  const store = useContext(PreferenceContext);
  if (store === null) throw new Error("useStoredPreference needs a PreferenceContext above");
  const value = useSyncExternalStore(
    store.subscribe,
    () => store.read(key),
    () => null,
  );
  const setValue = useCallback((next: string) => store.write(key, next), [store, key]);
  return [value, setValue];
}
