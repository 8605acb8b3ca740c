import type { ComponentProps, ReactNode } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Form } from "#components/ui/form";

interface FormDialogProps extends Pick<ComponentProps<typeof Dialog>, "title" | "description" | "size" | "onClose"> {
  submitLabel: string;
  isBusy: boolean;
  error: Error | null;
  onSubmit: () => void;
  children: ReactNode;
}

/** A dialog that is one form: its fields, what the gateway said against it, and what sends or leaves it. */
export function FormDialog({ submitLabel, isBusy, error, onSubmit, children, ...dialog }: FormDialogProps) {
  const t = useTranslations("common");
  return (
    <Dialog {...dialog} isOpen asksBeforeDiscard>
      <Form onSubmit={onSubmit} isBusy={isBusy} className="contents">
        <DialogBody>
          {children}
          {error !== null && <ErrorNotice error={error} />}
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={dialog.onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" isBusy={isBusy}>
            {submitLabel}
          </Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
