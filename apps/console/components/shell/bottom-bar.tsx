"use client";

import { useTranslations } from "use-intl";
import { phoneNavigation } from "./navigation";
import { ScopeLink } from "./scope-link";

/** The four most used pages, under the thumb. */
export function BottomBar() {
  const t = useTranslations("navigation");
  return (
    <nav
      aria-label={t("quick")}
      className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {phoneNavigation.map(({ path, labelKey, icon: Icon }) => (
        <ScopeLink
          key={path}
          path={path}
          className="flex h-14 flex-col items-center justify-center gap-1 text-tick font-medium text-foreground-soft aria-[current]:text-foreground"
        >
          <Icon aria-hidden className="size-5" />
          {t(labelKey)}
        </ScopeLink>
      ))}
    </nav>
  );
}
