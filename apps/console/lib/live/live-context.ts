import { createContext, useContext, useEffect, useRef } from "react";
import type { LiveEvents, LiveStatus } from "./live-connection";

export type LiveListener = <Name extends keyof LiveEvents>(name: Name, data: LiveEvents[Name]) => void;

export interface Live {
  status: LiveStatus;
  subscribe: (listener: LiveListener) => () => void;
}

/** Without a provider above (as in tests of parts) nothing is ever told. */
export const LiveContext = createContext<Live>({ status: "paused", subscribe: () => () => undefined });

export function useLiveStatus(): LiveStatus {
  return useContext(LiveContext).status;
}

/** Calls `listener` for each event while the component is shown. */
export function useLiveEvents(listener: LiveListener): void {
  const { subscribe } = useContext(LiveContext);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => subscribe((name, data) => latest.current(name, data)), [subscribe]);
}
