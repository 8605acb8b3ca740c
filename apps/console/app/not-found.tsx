"use client";

import Link from "next/link";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { AuthFrame } from "#features/auth/auth-frame";

export default function NotFound() {
  const t = useTranslations("notFound");
  return (
    <AuthFrame title={t("title")} description={t("text")}>
      <Button asChild>
        <Link prefetch={false} href="/">
          {t("action")}
        </Link>
      </Button>
    </AuthFrame>
  );
}
