"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { queryKeys } from "#lib/api/query-keys";
import { LiveConnection, type LiveStatus } from "#lib/live/live-connection";
import { LiveContext, type LiveListener } from "#lib/live/live-context";

/** Connects the console to what happens at the gateway, once for all pages. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<LiveStatus>("connecting");
  const [listeners] = useState(() => new Set<LiveListener>());
  useEffect(() => {
    const connection = new LiveConnection({
      createSource: () => new EventSource("/api/events"),
      schedule: (delayMs, run) => {
        const timer = setTimeout(run, delayMs);
        return () => clearTimeout(timer);
      },
      onStatus: setStatus,
      onEvent: (name, data) => {
        const stale = {
          token_state: queryKeys.githubTokens,
          key_state: queryKeys.apiKeys,
          key_changed: queryKeys.apiKeys,
          settings_changed: queryKeys.settings,
          alert: queryKeys.status,
          request_started: null,
          request: null,
        }[name];
        if (stale !== null) void queryClient.invalidateQueries({ queryKey: stale });
        for (const listener of listeners) listener(name, data);
      },
      onGap: () =>
        void queryClient.invalidateQueries({
          predicate: ({ queryKey }) => queryKey[0] !== "messages",
        }),
    });
    const onVisibility = () => connection.setVisible(document.visibilityState === "visible");
    document.addEventListener("visibilitychange", onVisibility);
    connection.start();
    return () => {
      document.removeEventListener("visibilitychange", onVisibility);
      connection.stop();
    };
  }, [queryClient, listeners]);
  const live = useMemo(
    () => ({
      status,
      subscribe: (listener: LiveListener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    }),
    [status, listeners],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
