import { type QueryKey, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { LiveEvents } from "./live-connection";
import { useLiveEvents, useLiveStatus } from "./live-context";

/** How often a list is asked for again while nothing tells of changes. */
const pollEveryMs = 15_000;

/** The interval for a query that live events refresh: none while they come. */
export function useFallbackInterval(): number | false {
  return useLiveStatus() === "live" ? false : pollEveryMs;
}

/** Asks for what is cached under `queryKey` again after an event of this name, but not more often than every `everyMs`. */
export function useLiveRefresh(queryKey: QueryKey, name: keyof LiveEvents, everyMs = 5_000): void {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLiveEvents((told) => {
    if (told !== name || timer.current !== null) return;
    timer.current = setTimeout(() => {
      timer.current = null;
      void queryClient.invalidateQueries({ queryKey });
    }, everyMs);
  });
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
}
