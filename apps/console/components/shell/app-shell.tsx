"use client";

import { PanelLeft, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "#components/brand";
import { LocaleMenu, ThemeMenu } from "#components/preference-menus";
import { Button } from "#components/ui/button";
import { useAuthStatus } from "#lib/api/use-auth";
import { classNames } from "#lib/class-names";
import { PhoneMenuContext } from "#lib/phone-menu-context";
import { useStoredPreference } from "#lib/stored-preference";
import { BottomBar } from "./bottom-bar";
import { LiveProvider } from "./live-provider";
import { NavigationLinks } from "./navigation-links";
import { OfflineBar } from "./offline-bar";
import { PhoneMenu } from "./phone-menu";
import { ShellShortcuts } from "./shell-shortcuts";
import { UpdateNotice } from "./update-notice";
import { UserMenu } from "./user-menu";

/** The frame of every page behind the login: side navigation, on phones a bar below and a menu. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("navigation");
  const [sideBar, setSideBar] = useStoredPreference("console.sidebar");
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [isPaletteOpen, setIsPaletteOpen] = useState(false);
  const isCollapsed = sideBar === "collapsed";
  const toggleSideBar = () => setSideBar(isCollapsed ? "open" : "collapsed");
  const openPalette = () => {
    setIsMenuOpen(false);
    setIsPaletteOpen(true);
  };
  return (
    <LiveProvider>
      <PhoneMenuContext value={() => setIsMenuOpen(true)}>
        <div
          className={classNames(
            "min-h-dvh lg:grid",
            isCollapsed ? "lg:grid-cols-[3.25rem_minmax(0,1fr)]" : "lg:grid-cols-[14.5rem_minmax(0,1fr)]",
          )}
        >
          <a
            href="#content"
            className="sr-only rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-60"
          >
            {t("skipToContent")}
          </a>
          <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-surface lg:flex">
            <div
              className={classNames(
                "flex h-12 items-center border-b",
                isCollapsed ? "justify-center" : "pr-1.5 pl-3.5",
              )}
            >
              {!isCollapsed && (
                <span className="min-w-0 flex-1">
                  <Brand />
                </span>
              )}
              <Button
                variant="ghost"
                size="icon"
                aria-label={t(isCollapsed ? "expand" : "collapse")}
                aria-expanded={!isCollapsed}
                title={`${t(isCollapsed ? "expand" : "collapse")} ([)`}
                className="bg-transparent!"
                onClick={toggleSideBar}
              >
                <PanelLeft aria-hidden />
              </Button>
            </div>
            <SideContent isCollapsed={isCollapsed} onSearch={openPalette} />
          </aside>
          <div className="flex min-w-0 flex-col max-lg:pb-14">
            <OfflineBar />
            <UpdateNotice />
            <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
              {children}
            </main>
          </div>
        </div>
        <BottomBar />
        {isMenuOpen && (
          <PhoneMenu onClose={() => setIsMenuOpen(false)}>
            <SideContent onSearch={openPalette} onFollow={() => setIsMenuOpen(false)} />
          </PhoneMenu>
        )}
        <ShellShortcuts isPaletteOpen={isPaletteOpen} onPalette={setIsPaletteOpen} onToggleSideBar={toggleSideBar} />
      </PhoneMenuContext>
    </LiveProvider>
  );
}

interface SideContentProps {
  isCollapsed?: boolean;
  onSearch: () => void;
  onFollow?: () => void;
}

function SideContent({ isCollapsed = false, onSearch, onFollow }: SideContentProps) {
  const t = useTranslations("navigation");
  const { data: status } = useAuthStatus();
  return (
    <>
      <div className="p-2">
        <button
          type="button"
          onClick={onSearch}
          title={isCollapsed ? t("search") : undefined}
          className="flex h-8 w-full items-center gap-2.5 rounded-md border px-2.5 text-small text-foreground-soft hover:bg-muted hover:text-foreground pointer-coarse:h-11"
        >
          <Search aria-hidden className="-ml-px size-4 shrink-0" />
          <span className={classNames(isCollapsed ? "sr-only" : "flex-1 text-left")}>{t("search")}</span>
          {!isCollapsed && <kbd className="font-sans text-label max-lg:hidden">{t("searchKeys")}</kbd>}
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pt-1 pb-2">
        <NavigationLinks isCollapsed={isCollapsed} {...(onFollow === undefined ? {} : { onFollow })} />
      </div>
      {!isCollapsed && status !== undefined && (
        <p className="px-4.5 pb-2 text-label text-foreground-soft">{t("version", { version: status.version })}</p>
      )}
      <div className={classNames("flex items-center border-t p-2", isCollapsed ? "flex-col" : "gap-0.5")}>
        <div className={classNames("min-w-0", isCollapsed ? "" : "flex-1")}>
          <UserMenu isCollapsed={isCollapsed} />
        </div>
        <LocaleMenu />
        <ThemeMenu />
      </div>
    </>
  );
}
