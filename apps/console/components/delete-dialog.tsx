"use client";

import type { UseMutationResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ConfirmDialog } from "#components/confirm-dialog";
import { useToast } from "#components/ui/toast";

interface DeleteDialogProps {
  /** What goes. */
  id: string;
  /** The hook that deletes by id; it tells when that is done, even if the row is gone by then. */
  useDelete: (onDeleted: () => void) => UseMutationResult<unknown, Error, string>;
  /** The question, which names what goes. */
  title: string;
  confirmLabel: string;
  /** Said in passing when it is gone. */
  doneText: string;
  onClose: () => void;
  /** What depends on it. */
  children: ReactNode;
}

/** Asks before one thing is deleted for good, deletes it, and says so. */
export function DeleteDialog({ id, useDelete, title, confirmLabel, doneText, onClose, children }: DeleteDialogProps) {
  const showToast = useToast();
  const remove = useDelete(() => showToast("done", doneText));
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={title}
      confirmLabel={confirmLabel}
      isDangerous
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(id, { onSuccess: onClose })}
    >
      {children}
    </ConfirmDialog>
  );
}
