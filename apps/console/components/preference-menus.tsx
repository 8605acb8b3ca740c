"use client";

import { Languages, Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Menu } from "#components/ui/menu";
import { localeNames, locales, useLocalePreference } from "#lib/locale-preference";
import { type Theme, themes, useTheme } from "#lib/theme-preference";

const themeIcons = { system: Monitor, light: Sun, dark: Moon } satisfies Record<Theme, unknown>;

/** Chooses the console's language. */
export function LocaleMenu() {
  const t = useTranslations("preferences");
  const [locale, setLocale] = useLocalePreference();
  return (
    <Menu
      entries={[
        {
          kind: "choice",
          label: t("language"),
          value: locale,
          options: locales.map((value) => ({ value, label: localeNames[value] })),
          onChange: (value) => setLocale(locales.find((known) => known === value) ?? locale),
        },
      ]}
      trigger={(control) => (
        <Button {...control} variant="ghost" size="icon" aria-label={t("language")}>
          <Languages aria-hidden />
        </Button>
      )}
    />
  );
}

/** Chooses light, dark or the system's theme. */
export function ThemeMenu() {
  const t = useTranslations("preferences");
  const [theme, setTheme] = useTheme();
  const Icon = themeIcons[theme];
  return (
    <Menu
      entries={[
        {
          kind: "choice",
          label: t("theme"),
          value: theme,
          options: themes.map((value) => ({ value, label: t(`themes.${value}`) })),
          onChange: (value) => setTheme(themes.find((known) => known === value) ?? theme),
        },
      ]}
      trigger={(control) => (
        <Button {...control} variant="ghost" size="icon" aria-label={t("theme")}>
          <Icon aria-hidden />
        </Button>
      )}
    />
  );
}
