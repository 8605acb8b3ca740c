import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";
import { useReturnFocus } from "#lib/use-return-focus";
import { Button } from "./button";
import { ConfirmOverlay } from "./confirm-overlay";
import type { DialogProps } from "./dialog-props";

const sizes = { medium: "sm:max-w-lg", large: "sm:max-w-2xl", wide: "sm:max-w-4xl" } as const;

/** The dialog itself; `Dialog` fetches it when one is opened. */
export function DialogOverlay(props: DialogProps) {
  const { onClose, title, description, closesOnlyByButton = false, asksBeforeDiscard = false, size = "medium" } = props;
  const t = useTranslations("common");
  const returnFocus = useReturnFocus();
  const popup = useRef<HTMLDivElement>(null);
  const isDirty = useRef(false);
  const [isAsking, setIsAsking] = useState(false);
  const requestClose = () => {
    if (asksBeforeDiscard && isDirty.current) setIsAsking(true);
    else onClose();
  };
  return (
    <Dialog.Root
      open
      disablePointerDismissal={closesOnlyByButton}
      onOpenChange={(open, details) => {
        if (open) return;
        details.cancel();
        if (!closesOnlyByButton) requestClose();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <Dialog.Popup
          ref={popup}
          onInput={() => {
            isDirty.current = true;
          }}
          onChange={() => {
            isDirty.current = true;
          }}
          initialFocus={() => popup.current?.querySelector<HTMLElement>("input:not([type=hidden]), textarea") ?? true}
          finalFocus={returnFocus}
          className={classNames(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[94dvh] animate-rise-in flex-col rounded-t-xl border bg-surface-raised text-foreground shadow-xl focus:outline-none",
            "sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-h-[88dvh] sm:w-[calc(100vw-3rem)] sm:-translate-1/2 sm:animate-fade-in sm:rounded-xl",
            sizes[size],
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-5 pb-4">
            <div className="min-w-0 flex-1">
              <Dialog.Title className="text-base font-semibold break-words">{title}</Dialog.Title>
              {description !== undefined && (
                <Dialog.Description className="mt-1 text-small text-foreground-soft">{description}</Dialog.Description>
              )}
            </div>
            {!closesOnlyByButton && (
              <Button
                variant="ghost"
                size="icon"
                aria-label={t("close")}
                className="-mt-1 -mr-1.5"
                onClick={requestClose}
              >
                <X aria-hidden />
              </Button>
            )}
          </header>
          {props.children}
          {isAsking && (
            <ConfirmOverlay
              title={t("discard.title")}
              confirmLabel={t("discard.confirm")}
              cancelLabel={t("discard.cancel")}
              isDangerous
              isBusy={false}
              onClose={() => setIsAsking(false)}
              onConfirm={onClose}
            >
              {t("discard.text")}
            </ConfirmOverlay>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
