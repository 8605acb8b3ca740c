"use client";

import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Brand } from "#components/brand";
import { PageTitle } from "#components/page-header";
import { LocaleMenu, ThemeMenu } from "#components/preference-menus";

interface AuthFrameProps {
  title: string;
  description?: ReactNode;
  children?: ReactNode;
}

/** The page before the console: one card, and the switches for language and theme. */
export function AuthFrame({ title, description, children }: AuthFrameProps) {
  const t = useTranslations("app");
  return (
    <div className="flex min-h-dvh flex-col">
      <PageTitle title={title} />
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Brand />
        <div className="flex gap-1">
          <LocaleMenu />
          <ThemeMenu />
        </div>
      </header>
      <main className="flex flex-1 items-start justify-center px-4 pt-[8vh] pb-16">
        <div className="w-full max-w-sm">
          <p className="mb-3 text-label text-foreground-soft">{t("tagline")}</p>
          <h1 className="text-title font-semibold tracking-tight">{title}</h1>
          {description !== undefined && <p className="mt-1.5 text-small text-foreground-soft">{description}</p>}
          <div className="mt-6">{children}</div>
        </div>
      </main>
    </div>
  );
}
