"use client";

import { Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";

const PageErrorNotice = createLazyPart<{ error: Error; reset: () => void }>(
  async () => (await import("#features/status-pages/page-error-notice")).PageErrorNotice,
);

export default function PageError(props: { error: Error; reset: () => void }) {
  return (
    <Suspense>
      <PageErrorNotice {...props} />
    </Suspense>
  );
}
