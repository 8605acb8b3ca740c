"use client";

import { Menu } from "lucide-react";
import { type ReactNode, useContext } from "react";
import { useTranslations } from "use-intl";
import { LiveDot } from "#components/shell/live-dot";
import { preloadPhoneMenu } from "#components/shell/phone-menu";
import { Button } from "#components/ui/button";
import { classNames } from "#lib/class-names";
import { PhoneMenuContext } from "#lib/phone-menu-context";

interface PageHeaderProps {
  title: string;
  /** The page's range picker or the like. */
  children?: ReactNode;
  action?: ReactNode;
  /** Whether what is shown changes by itself: then a phone too says that it does. */
  isLive?: boolean;
}

/** A page's own name is shorter; what is longer is a title that people gave, and is cut where there is no room. */
const longestName = 24;

/** The bar on top of every page: its name (also the browser tab's), its controls, whether the gateway is heard, its main action. */
export function PageHeader({ title, children, action, isLive = false }: PageHeaderProps) {
  const t = useTranslations("navigation");
  const openMenu = useContext(PhoneMenuContext);
  return (
    <header className="sticky top-0 z-20 border-b bg-background">
      <PageTitle title={title} />
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1.5 lg:px-6">
        <Button
          variant="ghost"
          size="icon"
          aria-label={t("openMenu")}
          onPointerEnter={preloadPhoneMenu}
          onClick={openMenu}
          className="-ml-2 lg:hidden"
        >
          <Menu aria-hidden />
        </Button>
        <h1
          className={classNames(
            "truncate text-title font-semibold tracking-tight",
            title.length > longestName ? "min-w-0 flex-1 basis-40" : "mr-auto",
          )}
        >
          {title}
        </h1>
        <LiveDot className={isLive ? "" : "max-sm:hidden"} />
        {children}
        {action}
      </div>
    </header>
  );
}

/** The browser tab's title. */
export function PageTitle({ title }: { title: string }) {
  const t = useTranslations("app");
  return <title>{`${title} · ${t("name")}`}</title>;
}
