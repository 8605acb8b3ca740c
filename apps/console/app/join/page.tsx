import { Suspense } from "react";
import { PageMessages } from "#components/page-messages";
import { JoinPage } from "#features/join/join-page";

export default function Page() {
  return (
    <Suspense>
      <PageMessages part="join">
        <JoinPage />
      </PageMessages>
    </Suspense>
  );
}
