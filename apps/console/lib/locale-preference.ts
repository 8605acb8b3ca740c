import { useStoredPreference } from "./stored-preference";

export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

/** How each language calls itself; never translated. */
export const localeNames: Record<Locale, string> = { en: "English", "zh-CN": "简体中文" };

/** The first of the browser's languages that the console speaks; English otherwise. */
export function mapBrowserLanguages(languages: readonly string[]): Locale {
  for (const language of languages) {
    const base = language.toLowerCase().split("-")[0];
    if (base === "zh") return "zh-CN";
    if (base === "en") return "en";
  }
  return "en";
}

/** The chosen language, or else the browser's. */
export function useLocalePreference(): readonly [Locale, (locale: Locale) => void] {
  const [stored, setStored] = useStoredPreference("console.locale");
  const chosen = locales.find((locale) => locale === stored);
  return [chosen ?? mapBrowserLanguages(typeof navigator === "undefined" ? [] : navigator.languages), setStored];
}
