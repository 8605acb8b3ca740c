"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { TokenResponsibleUse } from "#components/responsible-use";
import { Button } from "#components/ui/button";
import { DialogBody, DialogFooter } from "#components/ui/dialog";
import { Field } from "#components/ui/field";
import { Form } from "#components/ui/form";
import { Input, SecretInput, TextArea } from "#components/ui/input";
import { type AddedGithubToken, useAddGithubToken } from "#lib/api/use-github-tokens";
import { checkPastedToken, parsePastedLines } from "./check-pasted-token";
import { TokenHint } from "./token-hint";

interface PasteTokenFormProps {
  alias: string;
  onAlias: (alias: string) => void;
  onClose: () => void;
  onAdded: (tokens: readonly AddedGithubToken[]) => void;
}

/** One pasted token with its alias, or several as lines `alias=token`. Starts without a token each time, so nothing pasted is kept. */
export function PasteTokenForm({ alias, onAlias, onClose, onAdded }: PasteTokenFormProps) {
  const t = useTranslations("tokens.add");
  const tCommon = useTranslations("common");
  const add = useAddGithubToken();
  const [isSeveral, setIsSeveral] = useState(false);
  const [token, setToken] = useState("");
  const [text, setText] = useState("");
  const [isChecked, setIsChecked] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [isPending, setIsPending] = useState(false);
  const problem = checkPastedToken(token);
  const aliasError = alias.trim() === "" ? t("aliasRequired") : undefined;
  const lines = parsePastedLines(text);
  const badLine = lines.findIndex((line) => line.problem !== null);
  const linesError =
    lines.length === 0
      ? t("problems.required")
      : badLine === -1
        ? undefined
        : t("lineProblem", { line: badLine + 1, problem: t(`problems.${lines[badLine]?.problem ?? "required"}`) });
  const submit = async () => {
    setIsChecked(true);
    if (isSeveral ? linesError !== undefined : aliasError !== undefined || problem !== null) return;
    const wanted = isSeveral ? lines : [{ alias: alias.trim(), token: token.trim() }];
    setIsPending(true);
    setError(null);
    const added: AddedGithubToken[] = [];
    try {
      for (const { alias: name, token: pasted } of wanted) {
        added.push(await add.mutateAsync({ alias: name, token: pasted }));
      }
      onAdded(added);
    } catch (failure) {
      setError(failure instanceof Error ? failure : new Error(String(failure)));
      // What was added stays added; only the rest is left to send again.
      const done = new Set(added.map((view) => view.alias));
      setText(
        lines
          .filter((line) => !done.has(line.alias))
          .map((line) => `${line.alias}=${line.token}`)
          .join("\n"),
      );
    } finally {
      setIsPending(false);
    }
  };
  return (
    <Form onSubmit={() => void submit()} isBusy={isPending} className="contents">
      <DialogBody>
        {isSeveral ? (
          <Field label={t("lines")} hint={t("linesHint")} error={isChecked ? linesError : undefined}>
            {(control) => (
              <TextArea
                {...control}
                rows={5}
                spellCheck={false}
                autoComplete="off"
                placeholder={"alice=github_pat_…\nbob=gho_…"}
                className="font-mono"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </Field>
        ) : (
          <>
            <Field label={t("alias")} hint={t("aliasHint")} error={isChecked ? aliasError : undefined}>
              {(control) => (
                <Input
                  {...control}
                  name="alias"
                  autoComplete="off"
                  value={alias}
                  onChange={(event) => onAlias(event.target.value)}
                />
              )}
            </Field>
            <Field
              label={t("token")}
              hint={t("tokenHint")}
              error={isChecked && problem !== null ? t(`problems.${problem}`) : undefined}
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
            <TokenHint pasted={token} />
          </>
        )}
        <button
          type="button"
          onClick={() => {
            setIsSeveral(!isSeveral);
            setIsChecked(false);
          }}
          className="self-start text-small text-accent hover:underline"
        >
          {t(isSeveral ? "one" : "several")}
        </button>
        {error !== null && <ErrorNotice error={error} />}
        <TokenResponsibleUse />
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onClick={onClose}>
          {tCommon("cancel")}
        </Button>
        <Button type="submit" isBusy={isPending}>
          {isSeveral && lines.length > 1 ? t("submitSeveral", { count: lines.length }) : t("submit")}
        </Button>
      </DialogFooter>
    </Form>
  );
}
