import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useReturnFocus } from "#lib/use-return-focus";
import { ErrorNotice } from "./error-notice";

interface ConfirmDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  isDangerous?: boolean;
  isBusy: boolean;
  error: Error | null;
}

/** Asks before something that cannot be undone; the focus starts on Cancel. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const t = useTranslations("common");
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog.Root open={props.isOpen} onOpenChange={(open) => open || props.isBusy || props.onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <AlertDialog.Content
          {...returnFocus}
          className="fixed top-1/2 left-1/2 z-50 w-[calc(100vw-2rem)] max-w-md -translate-1/2 animate-fade-in rounded-xl border bg-surface-raised p-5 shadow-xl focus:outline-none"
        >
          <AlertDialog.Title className="text-base font-semibold">{props.title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-2 text-sm text-foreground-soft">
            {props.children}
          </AlertDialog.Description>
          {props.error !== null && <ErrorNotice error={props.error} className="mt-4" />}
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button variant="secondary">{t("cancel")}</Button>
            </AlertDialog.Cancel>
            <Button variant={props.isDangerous ? "danger" : "primary"} isBusy={props.isBusy} onClick={props.onConfirm}>
              {props.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
