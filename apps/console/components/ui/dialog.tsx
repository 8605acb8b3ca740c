import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";
import { useReturnFocus } from "#lib/use-return-focus";
import { Button } from "./button";

interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** Keeps a slip of the mouse or Escape from closing what cannot be seen again. */
  closesOnlyByButton?: boolean;
  size?: "medium" | "large";
  children: ReactNode;
}

/** A modal dialog: focus stays inside, Escape closes, focus returns. On phones a sheet from the bottom. */
export function Dialog(props: DialogProps) {
  const { isOpen, onClose, title, description, closesOnlyByButton = false, size = "medium", children } = props;
  const t = useTranslations("common");
  const returnFocus = useReturnFocus();
  const keepOpen = closesOnlyByButton ? (event: Event) => event.preventDefault() : undefined;
  return (
    <RadixDialog.Root open={isOpen} onOpenChange={(open) => open || onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <RadixDialog.Content
          {...(description === undefined ? { "aria-describedby": undefined } : {})}
          {...(keepOpen === undefined
            ? {}
            : { onEscapeKeyDown: keepOpen, onPointerDownOutside: keepOpen, onInteractOutside: keepOpen })}
          onOpenAutoFocus={(event) => {
            returnFocus.onOpenAutoFocus();
            focusFirstInput(event);
          }}
          onCloseAutoFocus={returnFocus.onCloseAutoFocus}
          className={classNames(
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[94dvh] animate-rise-in flex-col rounded-t-xl border bg-surface-raised shadow-xl focus:outline-none",
            "sm:inset-x-auto sm:top-1/2 sm:bottom-auto sm:left-1/2 sm:max-h-[88dvh] sm:w-[calc(100vw-3rem)] sm:-translate-1/2 sm:animate-fade-in sm:rounded-xl",
            size === "large" ? "sm:max-w-2xl" : "sm:max-w-lg",
          )}
        >
          <header className="flex items-start gap-4 px-5 pt-5 pb-4">
            <div className="min-w-0 flex-1">
              <RadixDialog.Title className="text-base font-semibold">{title}</RadixDialog.Title>
              {description !== undefined && (
                <RadixDialog.Description className="mt-1 text-[0.8125rem] text-foreground-soft">
                  {description}
                </RadixDialog.Description>
              )}
            </div>
            {!closesOnlyByButton && (
              <RadixDialog.Close asChild>
                <Button variant="ghost" size="icon" aria-label={t("close")} className="-mt-1 -mr-1.5">
                  <X aria-hidden />
                </Button>
              </RadixDialog.Close>
            )}
          </header>
          {children}
        </RadixDialog.Content>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

function focusFirstInput(event: Event): void {
  const input = event.currentTarget instanceof HTMLElement ? event.currentTarget.querySelector("input") : null;
  if (input === null) return;
  event.preventDefault();
  input.focus();
}

/** The scrolling middle of a dialog. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 pt-1 pb-5">{children}</div>;
}

/** The actions at the bottom of a dialog, always in sight. */
export function DialogFooter({ children }: { children: ReactNode }) {
  return (
    <footer className="flex flex-col-reverse gap-2 border-t px-5 py-3.5 pb-[max(0.875rem,env(safe-area-inset-bottom))] max-sm:[&>button]:h-10 sm:flex-row sm:justify-end">
      {children}
    </footer>
  );
}
