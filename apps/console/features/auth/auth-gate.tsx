"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useEffect } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { useAuthStatus } from "#lib/api/use-auth";
import { AuthFrame } from "./auth-frame";
import { AuthWaiting } from "./auth-waiting";

/** Shows the console to whoever is logged in; others are led to setup, or to login and back here afterwards. */
export function AuthGate({ children }: { children: ReactNode }) {
  const t = useTranslations("auth");
  const router = useRouter();
  const pathname = usePathname();
  const { data: status, error, refetch } = useAuthStatus();
  const needsSetup = status?.setup_required === true;
  const needsLogin = status !== undefined && !needsSetup && !status.authenticated;
  useEffect(() => {
    if (needsSetup) router.replace("/setup/");
    if (needsLogin) {
      const here = `${pathname}${window.location.search}`;
      router.replace(here === "/" ? "/login/" : `/login/?next=${encodeURIComponent(here)}`);
    }
  }, [needsSetup, needsLogin, router, pathname]);
  if (status?.authenticated === true && !needsSetup) return children;
  if (error !== null && status === undefined) {
    return (
      <AuthFrame title={t("unreachableTitle")}>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </AuthFrame>
    );
  }
  return <AuthWaiting />;
}
