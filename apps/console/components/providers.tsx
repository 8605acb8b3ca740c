"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useEffect, useState } from "react";
import { LoadFailure } from "#components/load-failure";
import { FrameMessages } from "#components/page-messages";
import { ToastProvider } from "#components/ui/toast";
import { createQueryClient } from "#lib/api/query-client";
import { useHydrated } from "#lib/hydrated";
import { LoadFailureContext } from "#lib/load-failure-context";
import { useLocalePreference } from "#lib/locale-preference";
import { createPreferenceStore, PreferenceContext } from "#lib/stored-preference";
import { useAppliedTheme } from "#lib/theme-preference";

/**
 * Everything the pages need around them. Language and time zone are the browser's, so nothing is shown
 * until hydration: the prerendered page would be in the wrong ones.
 */
export function Providers({ children }: { children: ReactNode }) {
  const [preferences] = useState(createPreferenceStore);
  return (
    <PreferenceContext value={preferences}>
      <PreferredProviders>{children}</PreferredProviders>
    </PreferenceContext>
  );
}

function PreferredProviders({ children }: { children: ReactNode }) {
  const isHydrated = useHydrated();
  const [queryClient] = useState(createQueryClient);
  const [locale] = useLocalePreference();
  useAppliedTheme();
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  if (!isHydrated) return <title>Copilot LLM Provider</title>;
  return (
    <QueryClientProvider client={queryClient}>
      <NuqsAdapter>
        <FrameMessages locale={locale}>
          <LoadFailureContext value={LoadFailure}>
            <ToastProvider>{children}</ToastProvider>
          </LoadFailureContext>
        </FrameMessages>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
