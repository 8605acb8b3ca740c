"use client";

import { X } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Input } from "#components/ui/input";
import { useModelIds } from "#lib/api/use-model-ids";

interface ModelPickerProps {
  models: readonly string[];
  onChange: (models: readonly string[]) => void;
}

/** Which models a key may use; none chosen means all. Suggests what the pool serves, takes any id. */
export function ModelPicker({ models, onChange }: ModelPickerProps) {
  const t = useTranslations("keys.form");
  const listId = useId();
  const served = useModelIds();
  const [typed, setTyped] = useState("");
  const add = (ids: string) => {
    const wanted = ids.split(/[\s,]+/u).filter((id) => id !== "" && !models.includes(id));
    if (wanted.length > 0) onChange([...models, ...new Set(wanted)]);
    setTyped("");
  };
  const addOnEnter = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add(typed);
  };
  return (
    <div className="flex flex-col gap-2">
      <Field
        label={t("models")}
        hint={models.length === 0 ? t("modelsAll") : t("modelsOnly", { count: models.length })}
      >
        {(control) => (
          <div className="flex gap-2">
            <Input
              {...control}
              list={listId}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={t("modelsPlaceholder")}
              value={typed}
              onChange={(event) => {
                const text = event.target.value;
                if (served.includes(text) || text.endsWith(",")) add(text);
                else setTyped(text);
              }}
              onKeyDown={addOnEnter}
              onBlur={() => add(typed)}
            />
            <Button variant="secondary" onClick={() => add(typed)} disabled={typed.trim() === ""}>
              {t("modelsAdd")}
            </Button>
          </div>
        )}
      </Field>
      <datalist id={listId}>
        {served
          .filter((id) => !models.includes(id))
          .map((id) => (
            <option key={id} value={id} />
          ))}
      </datalist>
      {models.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {models.map((id) => (
            <li
              key={id}
              className="flex items-center gap-1 rounded-md border bg-muted py-0.5 pr-1 pl-2 font-mono text-xs"
            >
              {id}
              <button
                type="button"
                aria-label={t("modelsRemove", { model: id })}
                onClick={() => onChange(models.filter((model) => model !== id))}
                className="grid size-5 place-items-center rounded text-foreground-soft hover:text-foreground"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
