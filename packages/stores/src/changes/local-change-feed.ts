import type { ChangeFeed, ChangeListener, StoreChange } from "../interfaces/change-feed.js";

export interface LocalChangeFeed extends ChangeFeed {
  tell(change: StoreChange): void;
}

/** The feed of stores that one process owns: all changes are its own. */
export function createLocalChangeFeed(): LocalChangeFeed {
  const listeners = new Set<ChangeListener>();
  const tell = (change: StoreChange) => {
    for (const listener of listeners) listener(change, "here");
  };
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    publish: tell,
    tell,
  };
}
