"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { ButtonLink } from "#components/ui/button";
import { useAuthStatus } from "#lib/api/use-auth";
import { AuthFrame } from "./auth-frame";
import { AuthWaiting } from "./auth-waiting";
import { SetupForm } from "./setup-form";

/** Creates the first admin. Opened by the link that the gateway prints; says where to find it otherwise. */
export function SetupPage() {
  const t = useTranslations("setup");
  const router = useRouter();
  const code = useSearchParams().get("code") ?? "";
  const [isDone, setIsDone] = useState(false);
  const { data: status, error, refetch } = useAuthStatus();
  const isLoggedIn = status?.authenticated === true && !status.setup_required;
  useEffect(() => {
    if (isDone && isLoggedIn) router.replace("/");
  }, [isDone, isLoggedIn, router]);
  if ((status === undefined && error === null) || (isDone && isLoggedIn)) return <AuthWaiting />;
  if (status === undefined && error !== null) {
    return (
      <AuthFrame title={t("title")}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </AuthFrame>
    );
  }
  if (status?.setup_required === false) {
    return (
      <AuthFrame title={t("doneTitle")} description={t("doneDescription")}>
        <ButtonLink size="wide" href={isLoggedIn ? "/" : "/login/"}>
          {t(isLoggedIn ? "goToConsole" : "goToLogin")}
        </ButtonLink>
      </AuthFrame>
    );
  }
  return (
    <AuthFrame title={t("title")} description={t("description")}>
      <SetupForm linkCode={code} onDone={() => setIsDone(true)} />
    </AuthFrame>
  );
}
