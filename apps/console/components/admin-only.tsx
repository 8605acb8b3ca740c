"use client";

import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "#components/empty-state";
import { Card } from "#components/ui/card";
import { useAuthStatus } from "#lib/api/use-auth";

/** What only admins may see; others are told so. */
export function AdminOnly({ children }: { children: ReactNode }) {
  const t = useTranslations("common.adminOnly");
  const { data: status } = useAuthStatus();
  if (status?.role !== "viewer") return children;
  return (
    <Card>
      <EmptyState icon={Lock} title={t("title")}>
        {t("text")}
      </EmptyState>
    </Card>
  );
}
