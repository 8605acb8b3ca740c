import { Suspense } from "react";
import { SetupPage } from "#features/auth/setup-page";

export default function Page() {
  return (
    <Suspense>
      <SetupPage />
    </Suspense>
  );
}
