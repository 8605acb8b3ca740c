import { useCallback, useRef, useState } from "react";
import { factsOfEvent, type RequestFacts } from "#lib/api/use-requests";
import type { SessionFilter } from "#lib/api/use-sessions";
import { useLiveEvents } from "#lib/live/live-context";
import { fitsFilter } from "./fits-filter";

const mostLiveRequests = 200;

interface LiveRequests {
  /** What ended since the list was asked for, the latest first. */
  shown: readonly RequestFacts[];
  /** What waits for the reader to come back to the top. */
  waiting: readonly RequestFacts[];
  showWaiting: () => void;
  /** How far down the reader is: at the top rows are added as they come, so that nothing moves while it is read. */
  onScrolled: (top: number) => void;
}

const nothing = { shown: [], waiting: [] } as const satisfies Pick<LiveRequests, "shown" | "waiting">;

/** Requests as they end that fit the filter. A search for text cannot be told from an event: then all of them wait. */
export function useLiveRequests(filter: SessionFilter): LiveRequests {
  const isAtTop = useRef(true);
  const [of, setOf] = useState(filter);
  const [live, setLive] = useState<Pick<LiveRequests, "shown" | "waiting">>(nothing);
  if (of !== filter) {
    setOf(filter);
    setLive(nothing);
  }
  useLiveEvents((name, event) => {
    if (name !== "request" || !("started_at" in event) || filter.text !== "" || !fitsFilter(filter, event)) return;
    const facts = factsOfEvent(event);
    setLive(({ shown, waiting }) =>
      isAtTop.current && waiting.length === 0
        ? { shown: [facts, ...shown].slice(0, mostLiveRequests), waiting }
        : { shown, waiting: [facts, ...waiting].slice(0, mostLiveRequests) },
    );
  });
  const showWaiting = useCallback(
    () => setLive(({ shown, waiting }) => ({ shown: [...waiting, ...shown].slice(0, mostLiveRequests), waiting: [] })),
    [],
  );
  const onScrolled = useCallback((top: number) => {
    isAtTop.current = top < 8;
  }, []);
  return { ...live, showWaiting, onScrolled };
}
