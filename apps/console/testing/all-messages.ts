import type { Locale } from "#lib/locale-preference";
import { loadMessages, type Messages, messagePartNames } from "#lib/messages";

async function loadAll(locale: Locale): Promise<Messages> {
  const parts = await Promise.all(messagePartNames.map((part) => loadMessages(part, locale)));
  return Object.assign({}, ...parts);
}

/** The words of all pages, as they are written: tests read messages that were not compiled. */
export const messagesByLocale: Record<Locale, Messages> = { en: await loadAll("en"), "zh-CN": await loadAll("zh-CN") };
