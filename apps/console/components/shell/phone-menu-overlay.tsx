import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { useReturnFocus } from "#lib/use-return-focus";
import type { PhoneMenuProps } from "./phone-menu-props";

/** The sheet itself. */
export function PhoneMenuOverlay({ onClose, children }: PhoneMenuProps) {
  const t = useTranslations("navigation");
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => open || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 animate-fade-in bg-black/45 dark:bg-black/65" />
        <Dialog.Popup
          finalFocus={returnFocus}
          className="fixed inset-y-0 left-0 z-50 flex w-72 max-w-[85vw] animate-slide-in flex-col border-r bg-surface text-foreground shadow-xl focus:outline-none"
        >
          <div className="flex h-12 items-center justify-between border-b pr-1.5 pl-4.5">
            <Dialog.Title className="text-body font-semibold">{t("label")}</Dialog.Title>
            <Button variant="ghost" size="icon" aria-label={t("closeMenu")} onClick={onClose}>
              <X aria-hidden />
            </Button>
          </div>
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
