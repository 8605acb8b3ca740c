import english from "#messages/en.json";
import chinese from "#messages/zh-CN.json";
import type { Locale } from "./locale-preference";

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof english;
  }
}

/** The console's words in every language it speaks; English decides which keys exist. */
export const messagesByLocale: Record<Locale, typeof english> = { en: english, "zh-CN": chinese };
