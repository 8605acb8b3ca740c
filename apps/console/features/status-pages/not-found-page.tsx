"use client";

import { SearchX } from "lucide-react";
import { useTranslations } from "use-intl";
import { EmptyState } from "#components/empty-state";
import { PageHeader } from "#components/page-header";
import { AppShell } from "#components/shell/app-shell";
import { ButtonLink } from "#components/ui/button";
import { AuthFrame } from "#features/auth/auth-frame";
import { useAuthStatus } from "#lib/api/use-auth";

/** For an address without a page: inside the frame for whoever is logged in, with the way on. */
export function NotFoundPage() {
  const t = useTranslations("notFound");
  const { data: status } = useAuthStatus();
  if (status === undefined) return <title>{t("title")}</title>;
  const action = <ButtonLink href="/">{t("action")}</ButtonLink>;
  if (!status.authenticated) {
    return (
      <AuthFrame title={t("title")} description={t("text")}>
        {action}
      </AuthFrame>
    );
  }
  return (
    <AppShell>
      <PageHeader title={t("title")} />
      <EmptyState icon={SearchX} title={t("text")} action={action}>
        {/* Keys are no help without a keyboard. */}
        <span className="pointer-coarse:hidden">{t("search")}</span>
      </EmptyState>
    </AppShell>
  );
}
