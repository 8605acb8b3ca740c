"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { IntlProvider, useLocale, useMessages } from "use-intl";
import { BareFailure } from "#components/bare-failure";
import { LoadFailure } from "#components/load-failure";
import type { Locale } from "#lib/locale-preference";
import { loadMessages, type MessagePart, type Messages } from "#lib/messages";
import { readBrowserZone, useTimeZonePreference } from "#lib/time-zone-preference";
import { createFigures, FiguresContext } from "#lib/use-figures";

interface LoadedMessages {
  locale: Locale;
  messages: Partial<Messages>;
}

function useLoadedMessages(part: MessagePart, locale: Locale) {
  return useQuery({
    queryKey: ["messages", part, locale],
    queryFn: async (): Promise<LoadedMessages> => ({ locale, messages: await loadMessages(part, locale) }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: 3,
    networkMode: "always",
    placeholderData: keepPreviousData,
  });
}

/** The words of the frame, and the language and time zone of everything. The old language stays until the new one is there. */
export function FrameMessages({ locale, children }: { locale: Locale; children: ReactNode }) {
  const { data: loaded, errorUpdateCount, refetch } = useLoadedMessages("frame", locale);
  const [zone] = useTimeZonePreference();
  if (loaded === undefined && errorUpdateCount > 0)
    return <BareFailure locale={locale} onRetry={() => void refetch()} />;
  if (loaded === undefined) return <title>Copilot LLM Provider</title>;
  return (
    <IntlProvider
      locale={loaded.locale}
      // A page asks only for what its own part or the frame holds; the browser tests see any slip as an error.
      messages={loaded.messages as Messages}
      timeZone={zone === "utc" ? "UTC" : readBrowserZone()}
    >
      <SharedFigures>{children}</SharedFigures>
    </IntlProvider>
  );
}

/** One set of formatters for all pages. */
function SharedFigures({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const figures = useMemo(() => createFigures(locale), [locale]);
  return <FiguresContext value={figures}>{children}</FiguresContext>;
}

/** Adds the words of one page to the frame's. Nothing is shown until they are there; if they do not come, that is said. */
export function PageMessages({ part, children }: { part: MessagePart; children: ReactNode }) {
  const locale = useLocale();
  const frame = useMessages();
  const { data: loaded, errorUpdateCount, isFetching, refetch } = useLoadedMessages(part, locale);
  const messages = useMemo(() => ({ ...frame, ...loaded?.messages }), [frame, loaded]);
  if (loaded === undefined) {
    if (errorUpdateCount === 0) return null;
    return <LoadFailure isRetrying={isFetching} onRetry={() => void refetch()} onClose={null} />;
  }
  return (
    <IntlProvider locale={locale} messages={messages}>
      {children}
    </IntlProvider>
  );
}
