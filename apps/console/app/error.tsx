"use client";

import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { AuthFrame } from "#features/auth/auth-frame";

export default function PageError({ reset }: { reset: () => void }) {
  const t = useTranslations("errors");
  return (
    <AuthFrame title={t("pageTitle")} description={t("pageText")}>
      <Button onClick={reset}>{t("retry")}</Button>
    </AuthFrame>
  );
}
