"use client";

import { Menu, X } from "lucide-react";
import { Dialog } from "radix-ui";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "#components/brand";
import { LocaleMenu, ThemeMenu } from "#components/preference-menus";
import { Button } from "#components/ui/button";
import { NavigationLinks } from "./navigation-links";
import { UserMenu } from "./user-menu";

/** The frame of every page behind the login: side navigation, on phones a menu in the top bar. */
export function AppShell({ children }: { children: ReactNode }) {
  const t = useTranslations("navigation");
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only rounded-md bg-primary px-3 py-2 text-primary-foreground focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-60"
      >
        {t("skipToContent")}
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-surface p-3 lg:flex">
        <SideContent />
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-30 flex h-14 items-center justify-between border-b bg-surface px-4 lg:hidden">
          <Brand />
          <PhoneMenu />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto max-w-6xl px-4 py-6 outline-none sm:px-6 lg:px-8 lg:py-8">
          {children}
        </main>
      </div>
    </div>
  );
}

function SideContent({ onFollow }: { onFollow?: () => void }) {
  return (
    <>
      <div className="flex h-10 items-center px-1.5 max-lg:hidden">
        <Brand />
      </div>
      <div className="mt-4 flex-1 overflow-y-auto max-lg:mt-0">
        <NavigationLinks {...(onFollow === undefined ? {} : { onFollow })} />
      </div>
      <div className="flex items-center gap-1 border-t pt-2">
        <div className="min-w-0 flex-1">
          <UserMenu />
        </div>
        <LocaleMenu />
        <ThemeMenu />
      </div>
    </>
  );
}

function PhoneMenu() {
  const t = useTranslations("navigation");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog.Root open={isOpen} onOpenChange={setIsOpen}>
      <Dialog.Trigger asChild>
        <Button variant="ghost" size="icon" aria-label={t("openMenu")} className="size-10">
          <Menu aria-hidden />
        </Button>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-slide-in flex-col border-r bg-surface p-3 shadow-xl focus:outline-none"
        >
          <div className="mb-3 flex items-center justify-between pl-1.5">
            <Dialog.Title className="text-sm font-semibold">{t("label")}</Dialog.Title>
            <Dialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label={t("closeMenu")} className="size-10">
                <X aria-hidden />
              </Button>
            </Dialog.Close>
          </div>
          <SideContent onFollow={() => setIsOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
