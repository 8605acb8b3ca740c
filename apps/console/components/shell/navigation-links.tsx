"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";
import { navigation } from "./navigation";

/** Links to the console's pages; the current one is marked. */
export function NavigationLinks({ onFollow }: { onFollow?: () => void }) {
  const t = useTranslations("navigation");
  const current = usePathname().replace(/\/?$/, "/");
  return (
    <nav aria-label={t("label")} className="flex flex-col gap-0.5">
      {navigation.map(({ path, labelKey, icon: Icon }) => {
        const isCurrent = current === path;
        return (
          <Link
            key={path}
            href={path}
            prefetch={false}
            aria-current={isCurrent ? "page" : undefined}
            {...(onFollow === undefined ? {} : { onClick: onFollow })}
            className={classNames(
              "flex h-9 items-center gap-2.5 rounded-md px-2.5 text-[0.8125rem] font-medium text-foreground-soft transition-colors hover:bg-muted hover:text-foreground max-lg:h-11",
              isCurrent && "bg-muted text-foreground",
            )}
          >
            <Icon aria-hidden className="size-4" />
            {t(labelKey)}
          </Link>
        );
      })}
    </nav>
  );
}
