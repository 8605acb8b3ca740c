"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { SecretInput } from "#components/ui/input";
import { AuthFrame } from "#features/auth/auth-frame";
import { useOwnKey } from "#lib/api/use-own-key";
import { OwnKeyView } from "./own-key-view";

/** What may I use, and what have I used? For whoever holds a key; its value stays in this tab. */
export function MyPage() {
  const t = useTranslations("my");
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState(false);
  const [entry, setEntry] = useState<{ secret: string; attempt: number } | null>(null);
  const { data: key, error, isFetching } = useOwnKey(entry?.secret ?? null, entry?.attempt ?? 0);
  const submit = () => {
    const secret = typed.trim();
    const isKey = /^clp_[0-9A-Za-z]{40}$/u.test(secret);
    setProblem(!isKey);
    if (isKey) setEntry({ secret, attempt: (entry?.attempt ?? 0) + 1 });
  };
  if (entry !== null && key !== undefined) {
    const forget = () => {
      setTyped("");
      setEntry(null);
    };
    return <OwnKeyView ownKey={key} secret={entry.secret} attempt={entry.attempt} onForget={forget} />;
  }
  return (
    <AuthFrame title={t("title")} description={t("description")}>
      <Form onSubmit={submit} isBusy={isFetching} className="flex flex-col gap-4">
        <Field label={t("key")} hint={t("keyHint")} error={problem ? t("notAKey") : undefined}>
          {(control) => (
            <SecretInput
              {...control}
              autoFocus
              name="key"
              autoComplete="off"
              className="font-mono"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          )}
        </Field>
        {error !== null && !isFetching && <ErrorNotice error={error} />}
        <Button type="submit" size="wide" isBusy={isFetching}>
          {t("show")}
        </Button>
      </Form>
    </AuthFrame>
  );
}
