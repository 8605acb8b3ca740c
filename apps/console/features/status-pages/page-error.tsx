"use client";

import { Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";

interface PageErrorProps {
  error: Error;
  reset: () => void;
}

const PageErrorNotice = createLazyPart<PageErrorProps>(
  async () => (await import("./page-error-notice")).PageErrorNotice,
);

/** What stands in a page's place when it failed. */
export function PageError(props: PageErrorProps) {
  return (
    <Suspense>
      <PageErrorNotice {...props} />
    </Suspense>
  );
}
