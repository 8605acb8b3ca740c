import type { ReactNode } from "react";
import { AppShell } from "#components/shell/app-shell";
import { AuthGate } from "#features/auth/auth-gate";

export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return (
    <AuthGate>
      <AppShell>{children}</AppShell>
    </AuthGate>
  );
}
