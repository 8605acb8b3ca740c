"use client";

import { useEffect, useState } from "react";
import { useNow, useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { ErrorNotice } from "#components/error-notice";
import { Notice } from "#components/notice";
import { TokenResponsibleUse } from "#components/responsible-use";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input } from "#components/ui/input";
import { type AddedGithubToken, useDeviceSignIn, useStartDeviceSignIn } from "#lib/api/use-github-tokens";

interface DeviceSignInProps {
  /** Whether the gateway has a client id of its own for it. */
  isOffered: boolean;
  onClose: () => void;
  onAdded: (token: AddedGithubToken) => void;
}

/** Adds a token by GitHub's device flow: its holder types a code at GitHub, wherever they are. */
export function DeviceSignIn({ isOffered, onClose, onAdded }: DeviceSignInProps) {
  const t = useTranslations("tokens.add.device");
  const tAdd = useTranslations("tokens.add");
  const tCommon = useTranslations("common");
  const start = useStartDeviceSignIn();
  const [alias, setAlias] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const aliasError = alias.trim() === "" ? tAdd("aliasRequired") : undefined;
  const submit = () => {
    setIsChecked(true);
    if (aliasError === undefined) start.mutate(alias.trim());
  };
  if (!isOffered) {
    return (
      <>
        <DialogBody>
          <Notice>
            <p className="font-medium">{t("offTitle")}</p>
            <p className="mt-1">{t.rich("off", { code: (name) => <code className="font-mono">{name}</code> })}</p>
          </Notice>
        </DialogBody>
        <DialogFooter>
          <Button variant="secondary" onClick={onClose}>
            {tCommon("close")}
          </Button>
        </DialogFooter>
      </>
    );
  }
  if (start.data !== undefined) {
    return (
      <DeviceCode
        key={start.data.id}
        start={start.data}
        startedAtMs={start.submittedAt}
        onAgain={() => start.mutate(alias.trim())}
        onClose={onClose}
        onAdded={onAdded}
      />
    );
  }
  return (
    <Form onSubmit={submit} isBusy={start.isPending} className="contents">
      <DialogBody>
        <p className="text-small text-foreground-soft">{t("text")}</p>
        <Field label={tAdd("alias")} hint={tAdd("aliasHint")} error={isChecked ? aliasError : undefined}>
          {(control) => (
            <Input {...control} autoComplete="off" value={alias} onChange={(event) => setAlias(event.target.value)} />
          )}
        </Field>
        {start.error !== null && <ErrorNotice error={start.error} />}
        <TokenResponsibleUse />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={start.isPending}>
          {t("submit")}
        </Button>
      </DialogFooter>
    </Form>
  );
}

interface DeviceCodeProps {
  start: { id: string; user_code: string; verification_uri: string; expires_in: number };
  startedAtMs: number;
  onAgain: () => void;
  onClose: () => void;
  onAdded: (token: AddedGithubToken) => void;
}

function DeviceCode({ start, startedAtMs, onAgain, onClose, onAdded }: DeviceCodeProps) {
  const t = useTranslations("tokens.add.device");
  const tCommon = useTranslations("common");
  const now = useNow({ updateInterval: 1_000 });
  const { data, error } = useDeviceSignIn(start.id);
  const token = data?.token;
  useEffect(() => {
    if (token !== undefined) onAdded(token);
  }, [token, onAdded]);
  const leftSeconds = Math.max(0, Math.round(start.expires_in - (now.getTime() - startedAtMs) / 1_000));
  const status = data === null ? "gone" : (data?.status ?? "pending");
  const clock = `${Math.floor(leftSeconds / 60)}:${String(leftSeconds % 60).padStart(2, "0")}`;
  return (
    <>
      <DialogBody>
        <ol className="flex list-decimal flex-col gap-3 pl-5 text-small">
          <li>
            {t("open")}
            <span className="mt-1 flex items-center gap-1">
              <a
                href={start.verification_uri}
                target="_blank"
                rel="noreferrer"
                className="font-mono break-all text-accent underline"
              >
                {start.verification_uri}
              </a>
              <CopyButton
                text={start.verification_uri}
                label={tCommon("copyOf", { what: start.verification_uri })}
                size="tinyIcon"
              />
            </span>
          </li>
          <li>
            {t("type")}
            <span className="mt-1 flex items-center gap-2">
              <output className="font-mono text-[2rem] leading-10 font-semibold tracking-widest">
                {start.user_code}
              </output>
              <CopyButton text={start.user_code} label={t("copyCode")} />
            </span>
          </li>
        </ol>
        <p role="status" className="text-small text-foreground-soft">
          {status === "pending" ? t("pending", { left: clock }) : t(`states.${status}`)}
        </p>
        {error !== null && <ErrorNotice error={error} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        {status !== "pending" && status !== "complete" && <Button onClick={onAgain}>{t("again")}</Button>}
      </DialogFooter>
    </>
  );
}
