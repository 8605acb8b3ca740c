import { AlertDialog } from "@base-ui/react/alert-dialog";
import { type ReactNode, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useReturnFocus } from "#lib/use-return-focus";
import { Button } from "./button";
import { Field } from "./field";
import { Input } from "./input";

export interface ConfirmOverlayProps {
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  children: ReactNode;
  confirmLabel: string;
  cancelLabel?: string;
  isDangerous?: boolean;
  isBusy: boolean;
  /** Above the buttons: what went wrong. */
  notice?: ReactNode;
  /** What must be typed first: for what reaches far. */
  typedProof?: string;
}

/** The question itself; `ConfirmDialog` fetches it when it is asked. The focus starts on Cancel. */
export function ConfirmOverlay(props: ConfirmOverlayProps) {
  const { typedProof } = props;
  const t = useTranslations("common");
  const returnFocus = useReturnFocus();
  const cancel = useRef<HTMLButtonElement>(null);
  const [typed, setTyped] = useState("");
  const isProven = typedProof === undefined || typed.trim() === typedProof;
  return (
    <AlertDialog.Root
      open
      onOpenChange={(open, details) => {
        if (open) return;
        details.cancel();
        if (!props.isBusy) props.onClose();
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <AlertDialog.Popup
          initialFocus={cancel}
          finalFocus={returnFocus}
          className="fixed top-1/2 left-1/2 z-50 max-h-[88dvh] w-[calc(100vw-2rem)] max-w-md -translate-1/2 animate-fade-in overflow-y-auto rounded-xl border bg-surface-raised text-foreground p-5 shadow-xl focus:outline-none"
        >
          <AlertDialog.Title className="text-base font-semibold break-words">{props.title}</AlertDialog.Title>
          <AlertDialog.Description
            render={<div />}
            className="mt-2 space-y-2 text-body break-words text-foreground-soft"
          >
            {props.children}
          </AlertDialog.Description>
          {typedProof !== undefined && (
            <div className="mt-4">
              <Field label={t("typeToConfirm", { text: typedProof })}>
                {(control) => (
                  <Input
                    {...control}
                    autoComplete="off"
                    value={typed}
                    onChange={(event) => setTyped(event.target.value)}
                  />
                )}
              </Field>
            </div>
          )}
          {props.notice}
          <div className="mt-5 flex justify-end gap-2">
            <Button ref={cancel} variant="secondary" onClick={props.onClose}>
              {props.cancelLabel ?? t("cancel")}
            </Button>
            <Button
              variant={props.isDangerous ? "danger" : "primary"}
              isBusy={props.isBusy}
              isDisabled={!isProven}
              onClick={props.onConfirm}
            >
              {props.confirmLabel}
            </Button>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
