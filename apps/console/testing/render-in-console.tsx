import { QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { IntlProvider } from "use-intl";
import { ToastProvider } from "#components/ui/toast";
import { createQueryClient } from "#lib/api/query-client";
import type { Locale } from "#lib/locale-preference";
import { messagesByLocale } from "#lib/messages";

interface RenderOptions {
  locale?: Locale;
  now?: Date;
}

/** A message that is missing or lacks an argument fails the test. */
function fail(error: Error): never {
  throw error;
}

/** Renders with all that pages have around them, at a fixed time in UTC. */
export function renderInConsole(children: ReactNode, options: RenderOptions = {}): RenderResult {
  const { locale = "en", now = new Date("2026-11-22T12:00:00Z") } = options;
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { retry: false } });
  return render(
    <IntlProvider locale={locale} messages={messagesByLocale[locale]} timeZone="UTC" now={now} onError={fail}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </IntlProvider>,
  );
}
