"use client";

import { useRouter, useSearchParams } from "next/navigation";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { useAuthStatus } from "#lib/api/use-auth";
import { parseNextPath } from "#lib/parse-next-path";
import { AuthFrame } from "./auth-frame";
import { AuthWaiting } from "./auth-waiting";
import { LoginForm } from "./login-form";
import { SingleSignOn } from "./single-sign-on";

/** Login. Leads on to the page that was wanted, and to setup when there is no admin yet. */
export function LoginPage() {
  const t = useTranslations("login");
  const router = useRouter();
  const nextPath = parseNextPath(useSearchParams().get("next"));
  const { data: status, error, refetch } = useAuthStatus();
  const needsSetup = status?.setup_required === true;
  const isLoggedIn = status?.authenticated === true;
  useEffect(() => {
    if (needsSetup) router.replace("/setup/");
    else if (isLoggedIn) router.replace(nextPath);
  }, [needsSetup, isLoggedIn, router, nextPath]);
  if (status === undefined && error === null) return <AuthWaiting />;
  if (needsSetup || isLoggedIn) return <AuthWaiting />;
  return (
    <AuthFrame title={t("title")} description={t("description")}>
      {status === undefined && error !== null ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          {status?.sign_in_methods.includes("oidc") && <SingleSignOn />}
          <LoginForm />
        </>
      )}
    </AuthFrame>
  );
}
