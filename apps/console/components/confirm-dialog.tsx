"use client";

import { Suspense } from "react";
import type { ConfirmOverlayProps } from "#components/ui/confirm-overlay";
import { createLazyPart } from "#lib/lazy-part";

const ConfirmOverlay = createLazyPart<ConfirmOverlayProps>(
  async () => (await import("#components/ui/confirm-overlay")).ConfirmOverlay,
);

/** Asks before something that cannot be undone; says what goes and what depends on it. */
export function ConfirmDialog({ isOpen, ...props }: ConfirmOverlayProps & { isOpen: boolean }) {
  if (!isOpen) return null;
  return (
    <Suspense>
      <ConfirmOverlay {...props} />
    </Suspense>
  );
}
