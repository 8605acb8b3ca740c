"use client";

import { Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";

const NotFoundPage = createLazyPart<object>(
  async () => (await import("#features/status-pages/not-found-page")).NotFoundPage,
);

export default function NotFound() {
  return (
    <Suspense>
      <NotFoundPage />
    </Suspense>
  );
}
