"use client";

import { useId, useState } from "react";
import { useTranslations } from "use-intl";
import { useHeldKey } from "#components/held-key";
import { ButtonLink } from "#components/ui/button";
import { SecretInput } from "#components/ui/input";
import { Picker } from "#components/ui/picker";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";

interface KeyFieldProps {
  keys: readonly ApiKey[];
  chosen: ApiKey | undefined;
  onChoose: (id: string) => void;
}

/** Whose key the snippets carry, and its value where this tab knows it. */
export function KeyField({ keys, chosen, onChoose }: KeyFieldProps) {
  const t = useTranslations("connect.key");
  const id = useId();
  const isAdmin = useIsAdmin();
  const { held } = useHeldKey();
  const isHeld = held !== null && held.id === chosen?.id;
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2 text-small">
        <label htmlFor={id} className="font-medium">
          {t("label")}
        </label>
        {isAdmin && (
          <a href="/keys/?new=1" className="text-label text-accent hover:underline">
            {t("create")}
          </a>
        )}
      </div>
      {keys.length === 0 ? (
        isAdmin ? (
          <ButtonLink href="/keys/?new=1" size="small" className="self-start">
            {t("first")}
          </ButtonLink>
        ) : (
          <p className="text-small text-foreground-soft">{t("none")}</p>
        )
      ) : (
        <Picker
          id={id}
          label={t("label")}
          look="medium"
          value={chosen?.id ?? null}
          placeholder={t("choose")}
          onSelect={onChoose}
          options={keys.map(({ id: value, alias, key_preview: preview }) => ({
            value,
            label: alias,
            search: preview,
            detail: `${preview}…`,
          }))}
        />
      )}
      {isHeld ? (
        <p className="text-label text-foreground-soft">{t("held")}</p>
      ) : (
        chosen !== undefined && <PasteKey key={chosen.id} keys={keys} chosen={chosen} onChoose={onChoose} />
      )}
    </div>
  );
}

/** Takes a key's value into the memory of this tab. One that belongs to another key chooses that one. */
function PasteKey({ keys, chosen, onChoose }: KeyFieldProps & { chosen: ApiKey }) {
  const t = useTranslations("connect.key");
  const { hold } = useHeldKey();
  const [isWrong, setIsWrong] = useState(false);
  const take = (text: string) => {
    const secret = text.trim();
    const owner = [chosen, ...keys].find(({ key_preview: preview }) => secret.startsWith(preview));
    const isWhole = /^clp_[0-9A-Za-z]{40}$/u.test(secret);
    setIsWrong(secret !== "" && (!isWhole || owner === undefined));
    if (!isWhole || owner === undefined) return;
    hold({ id: owner.id, alias: owner.alias, secret });
    onChoose(owner.id);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <SecretInput
        aria-label={t("paste", { alias: chosen.alias })}
        placeholder={t("paste", { alias: chosen.alias })}
        autoComplete="off"
        aria-invalid={isWrong || undefined}
        onChange={(event) => take(event.target.value)}
      />
      <p
        role={isWrong ? "alert" : undefined}
        className={isWrong ? "text-label text-danger" : "text-label text-foreground-soft"}
      >
        {t(isWrong ? "wrong" : "pasteHint")}
      </p>
    </div>
  );
}
