import { useEffect, useRef } from "react";
import { isTyping } from "#lib/is-typing";

interface ListKeys {
  ids: readonly string[];
  openId: string | null;
  onOpen: ((id: string) => void) | undefined;
}

/** `j` and `k` walk the list: through the details while one is open, else through the rows. */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const step = { j: 1, k: -1 }[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      const { ids, openId, onOpen } = latest.current;
      const focused = document.activeElement?.closest("[data-row-link]")?.getAttribute("data-row-link") ?? null;
      const current = ids.indexOf(openId ?? focused ?? "");
      const next = current === -1 ? ids[step === 1 ? 0 : ids.length - 1] : ids[current + step];
      if (next === undefined) return;
      event.preventDefault();
      if (openId !== null) onOpen?.(next);
      const link = document.querySelector<HTMLElement>(`[data-row-link="${CSS.escape(next)}"]`);
      if (openId === null) link?.focus();
      else link?.scrollIntoView({ block: "nearest" });
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}
