import { useMemo } from "react";

export interface KeptFolds {
  /** Opens again what was open in a row that comes back. */
  restore: (row: Element, key: string) => void;
  /** Notes what was opened or closed in a row. */
  note: (row: Element, key: string, target: EventTarget) => void;
}

/** What is unfolded in each row, kept while the row is out of sight. */
export function useKeptFolds(): KeptFolds {
  return useMemo(() => {
    const open = new Map<string, Set<number>>();
    return {
      restore: (row, key) => {
        const kept = open.get(key);
        if (kept === undefined) return;
        for (const [index, folded] of row.querySelectorAll("details").entries()) folded.open = kept.has(index);
      },
      note: (row, key, target) => {
        if (!(target instanceof HTMLDetailsElement)) return;
        const index = [...row.querySelectorAll("details")].indexOf(target);
        const kept = open.get(key) ?? new Set<number>();
        if (target.open) kept.add(index);
        else kept.delete(index);
        open.set(key, kept);
      },
    };
  }, []);
}
