"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, Suspense, useEffect, useState } from "react";
import { useAuthStatus } from "#lib/api/use-auth";
import { type KnownUser, KnownUserContext } from "#lib/known-user-context";
import { createLazyPart } from "#lib/lazy-part";
import { AuthWaiting } from "./auth-waiting";

const SignInAgainDialog = createLazyPart<{ username: string }>(
  async () => (await import("./sign-in-again-dialog")).SignInAgainDialog,
);

const GatewayUnreachable = createLazyPart<{ error: Error; onRetry: () => void }>(
  async () => (await import("./gateway-unreachable")).GatewayUnreachable,
);

/**
 * Shows the console to whoever is logged in; others are led to setup, or to login and back here afterwards. When a
 * session ends under an open page, the page stays as it is and a dialog asks for the password.
 */
export function AuthGate({ children }: { children: ReactNode }) {
  const router = useRouter();
  const pathname = usePathname();
  const { data: status, error, refetch } = useAuthStatus();
  const [knownUser, setKnownUser] = useState<KnownUser | null>(null);
  const needsSetup = status?.setup_required === true;
  const isLoggedIn = status?.authenticated === true && !needsSetup;
  const needsLogin = status !== undefined && !needsSetup && !isLoggedIn && knownUser === null;
  const username = isLoggedIn ? status.username : null;
  const role = isLoggedIn ? status.role : null;
  useEffect(() => {
    if (username === null) return;
    // Somebody else: nothing of what was loaded before is theirs.
    if (knownUser !== null && knownUser.username !== username) window.location.reload();
    else if (knownUser?.role !== role) setKnownUser({ username, role });
  }, [username, role, knownUser]);
  useEffect(() => {
    if (needsSetup) router.replace("/setup/");
    if (needsLogin) {
      const here = `${pathname}${window.location.search}`;
      router.replace(here === "/" ? "/login/" : `/login/?next=${encodeURIComponent(here)}`);
    }
  }, [needsSetup, needsLogin, router, pathname]);
  if (isLoggedIn || (knownUser !== null && !needsSetup)) {
    return (
      <KnownUserContext value={knownUser}>
        {children}
        {!isLoggedIn && knownUser !== null && (
          <Suspense>
            <SignInAgainDialog username={knownUser.username ?? ""} />
          </Suspense>
        )}
      </KnownUserContext>
    );
  }
  if (error !== null && status === undefined) {
    return (
      <Suspense>
        <GatewayUnreachable error={error} onRetry={() => void refetch()} />
      </Suspense>
    );
  }
  return <AuthWaiting />;
}
