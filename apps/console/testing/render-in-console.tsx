import type { AuthStatus } from "@copilot-llm/gateway/admin-api";
import { QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import { AppRouterContext, type AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { ToastProvider } from "#components/ui/toast";
import { createQueryClient } from "#lib/api/query-client";
import { queryKeys } from "#lib/api/query-keys";
import type { Locale } from "#lib/locale-preference";
import { createPreferenceStore, PreferenceContext } from "#lib/stored-preference";
import { messagesByLocale } from "./all-messages";
import { loggedIn } from "./fixtures";

interface RenderOptions {
  locale?: Locale;
  now?: Date;
  /** Who is logged in; null: not known yet. */
  status?: AuthStatus | null;
  /** The page's query, as in its address. */
  search?: string;
}

/** A message that is missing or lacks an argument fails the test. */
function fail(error: Error): never {
  throw error;
}

const router: AppRouterInstance = {
  bfcacheId: "test",
  back: () => undefined,
  forward: () => undefined,
  refresh: () => undefined,
  push: () => undefined,
  replace: () => undefined,
  prefetch: () => undefined,
};

/** Renders with all that pages have around them, to a logged-in admin, at a fixed time in UTC. */
export function renderInConsole(children: ReactNode, options: RenderOptions = {}): RenderResult {
  const { locale = "en", now = new Date("2026-11-22T12:00:00Z"), status = loggedIn, search = "" } = options;
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { retry: false } });
  if (status !== null) queryClient.setQueryData(queryKeys.authStatus, status);
  return render(
    <IntlProvider locale={locale} messages={messagesByLocale[locale]} timeZone="UTC" now={now} onError={fail}>
      <QueryClientProvider client={queryClient}>
        <AppRouterContext value={router}>
          <PathnameContext value="/">
            <NuqsTestingAdapter searchParams={search} hasMemory>
              <PreferenceContext value={createPreferenceStore()}>
                <ToastProvider>{children}</ToastProvider>
              </PreferenceContext>
            </NuqsTestingAdapter>
          </PathnameContext>
        </AppRouterContext>
      </QueryClientProvider>
    </IntlProvider>,
  );
}
