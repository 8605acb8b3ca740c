import type { ReactNode } from "react";
import { HeldKeyProvider } from "#components/held-key";
import { AppShell } from "#components/shell/app-shell";
import { AuthGate } from "#features/auth/auth-gate";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <AuthGate>
      <HeldKeyProvider>
        <AppShell>{children}</AppShell>
      </HeldKeyProvider>
    </AuthGate>
  );
}
