import { Suspense } from "react";
import { PageMessages } from "#components/page-messages";
import { LoginPage } from "#features/auth/login-page";

export default function Page() {
  return (
    <Suspense>
      <PageMessages part="auth">
        <LoginPage />
      </PageMessages>
    </Suspense>
  );
}
