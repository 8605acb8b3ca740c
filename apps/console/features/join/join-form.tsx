"use client";

import type { InvitationView, JoinState } from "@copilot-llm/gateway/admin-api";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { Checkbox } from "#components/ui/checkbox";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { SecretInput } from "#components/ui/input";
import { useJoin } from "#lib/api/use-join";

interface JoinFormProps {
  code: string;
  invitation: InvitationView;
  onState: (state: JoinState) => void;
}

/** What one agrees to, and one's own token: pasted, or by a sign-in at GitHub. */
export function JoinForm({ code, invitation, onState }: JoinFormProps) {
  const t = useTranslations("join");
  const join = useJoin(code);
  const [isAgreed, setIsAgreed] = useState(false);
  const [token, setToken] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const { consent_text: consentText, own_seat_first: isOwnFirst, device_flow: hasDeviceFlow } = invitation;
  const consent = { consent_text: consentText };
  const paste = () => {
    setIsChecked(true);
    if (!isAgreed || token.trim() === "") return;
    join.mutate({ method: "paste", ...consent, token: token.trim() }, { onSuccess: onState });
  };
  const signIn = () => {
    setIsChecked(true);
    if (isAgreed) join.mutate({ method: "device", ...consent }, { onSuccess: onState });
  };
  return (
    <Form onSubmit={paste} isBusy={join.isPending} className="flex flex-col gap-4">
      <section aria-label={t("agreement")} className="rounded-lg border bg-surface p-4 text-small">
        <ul lang="en" className="list-disc space-y-1.5 pl-4">
          {consentText.split("\n").map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <p className="mt-3 text-foreground-soft">{t(isOwnFirst ? "ownFirst" : "shared")}</p>
      </section>
      <div>
        <Checkbox isChecked={isAgreed} onChange={setIsAgreed}>
          {t("agree")}
        </Checkbox>
        {isChecked && !isAgreed && (
          <p role="alert" className="mt-1 px-2 text-label text-danger">
            {t("agreeFirst")}
          </p>
        )}
      </div>
      {hasDeviceFlow && (
        <Button type="button" size="wide" isBusy={join.isPending} onClick={signIn}>
          {t("signIn")}
        </Button>
      )}
      <Field
        label={t("token")}
        hint={t("tokenHint")}
        error={isChecked && token.trim() === "" && !hasDeviceFlow ? t("tokenRequired") : undefined}
      >
        {(control) => (
          <SecretInput
            {...control}
            name="token"
            autoComplete="off"
            className="font-mono"
            value={token}
            onChange={(event) => setToken(event.target.value)}
          />
        )}
      </Field>
      {join.error !== null && <ErrorNotice error={join.error} />}
      <Button type="submit" size="wide" variant={hasDeviceFlow ? "secondary" : "primary"} isBusy={join.isPending}>
        {t("submit")}
      </Button>
    </Form>
  );
}
