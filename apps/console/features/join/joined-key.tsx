"use client";

import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { Notice } from "#components/notice";
import { ButtonLink } from "#components/ui/button";
import { Input } from "#components/ui/input";

/** The new key, this once, and where it goes on. */
export function JoinedKey({ value }: { value: string }) {
  const t = useTranslations("join.joined");
  return (
    <div className="flex flex-col gap-4">
      <Notice tone="warn">{t("once")}</Notice>
      <div className="flex gap-2">
        <Input
          readOnly
          aria-label={t("key")}
          value={value}
          className="font-mono"
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={value} label={t("copy")} withText />
      </div>
      <p className="text-small text-foreground-soft">{t("next")}</p>
      <ButtonLink href="/my/" size="wide">
        {t("my")}
      </ButtonLink>
    </div>
  );
}
