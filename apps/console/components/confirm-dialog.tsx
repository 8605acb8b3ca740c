"use client";

import { Suspense } from "react";
import { ErrorNotice } from "#components/error-notice";
import type { ConfirmOverlayProps } from "#components/ui/confirm-overlay";
import { createLazyPart } from "#lib/lazy-part";

const ConfirmOverlay = createLazyPart<ConfirmOverlayProps>(
  async () => (await import("#components/ui/confirm-overlay")).ConfirmOverlay,
  { close: ({ onClose }) => onClose() },
);

interface ConfirmDialogProps extends Omit<ConfirmOverlayProps, "notice"> {
  isOpen: boolean;
  error: Error | null;
}

/** Asks before something that cannot be undone; says what goes and what depends on it. */
export function ConfirmDialog({ isOpen, error, ...props }: ConfirmDialogProps) {
  if (!isOpen) return null;
  return (
    <Suspense>
      <ConfirmOverlay
        {...props}
        {...(error === null ? {} : { notice: <ErrorNotice error={error} className="mt-4" /> })}
      />
    </Suspense>
  );
}
