import { Suspense } from "react";
import { PageMessages } from "#components/page-messages";
import { SetupPage } from "#features/auth/setup-page";

export default function Page() {
  return (
    <Suspense>
      <PageMessages part="auth">
        <SetupPage />
      </PageMessages>
    </Suspense>
  );
}
