import { Suspense } from "react";
import { PageMessages } from "#components/page-messages";
import { MyPage } from "#features/my/my-page";

export default function Page() {
  return (
    <Suspense>
      <PageMessages part="keys">
        <PageMessages part="connect">
          <PageMessages part="sessions">
            <PageMessages part="my">
              <MyPage />
            </PageMessages>
          </PageMessages>
        </PageMessages>
      </PageMessages>
    </Suspense>
  );
}
