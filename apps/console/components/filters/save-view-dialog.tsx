"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Dialog, DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";

interface SaveViewDialogProps {
  onClose: () => void;
  onSave: (name: string) => void;
}

/** Asks for the name of a view. */
export function SaveViewDialog({ onClose, onSave }: SaveViewDialogProps) {
  const t = useTranslations("filters.views");
  const tCommon = useTranslations("common");
  const [name, setName] = useState("");
  return (
    <Dialog isOpen onClose={onClose} title={t("saveTitle")} description={t("saveText")}>
      <Form onSubmit={() => name.trim() !== "" && onSave(name.trim())} className="contents">
        <DialogBody>
          <Field label={t("name")}>
            {(control) => <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />}
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("cancel")}
          </Button>
          <Button type="submit">{tCommon("save")}</Button>
        </DialogFooter>
      </Form>
    </Dialog>
  );
}
