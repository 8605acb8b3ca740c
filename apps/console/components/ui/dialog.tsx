"use client";

import { type ReactNode, Suspense } from "react";
import { createLazyPart } from "#lib/lazy-part";
import type { DialogProps } from "./dialog-props";

const DialogOverlay = createLazyPart<DialogProps>(async () => (await import("./dialog-overlay")).DialogOverlay, {
  close: ({ onClose }) => onClose(),
});

/** Fetches the code of dialogs before one is opened. */
export const preloadDialog = DialogOverlay.preload;

/** A modal dialog: focus stays inside, Escape closes, focus returns. On phones a sheet from the bottom. */
export function Dialog(props: DialogProps) {
  if (!props.isOpen) return null;
  return (
    <Suspense>
      <DialogOverlay {...props} />
    </Suspense>
  );
}

/** The scrolling middle of a dialog. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">{children}</div>;
}

/** The actions at the bottom of a dialog, always in sight. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3.5 pb-[max(0.875rem,env(safe-area-inset-bottom))] sm:flex-row sm:justify-end">
      {children}
    </footer>
  );
}
