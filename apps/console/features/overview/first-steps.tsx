"use client";

import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useHeldKey } from "#components/held-key";
import { TestRequest } from "#components/test-request";
import { ButtonLink } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useModelIds } from "#lib/api/use-models";
import { useUsers } from "#lib/api/use-users";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";
import { stepTimes } from "./step-times";

export interface FirstStepsProps {
  tokens: readonly GithubToken[];
  keys: readonly ApiKey[];
}

/** Token, key, client, request: what is done, and the one thing to do next. */
export function FirstSteps({ tokens, keys }: FirstStepsProps) {
  const t = useTranslations("overview.steps");
  const isAdmin = useIsAdmin();
  const modelIds = useModelIds();
  const { held } = useHeldKey();
  const [answeredAtMs, setAnsweredAtMs] = useState<number | null>(null);
  const isAnswered = answeredAtMs !== null;
  const { data: users = [] } = useUsers(isAdmin);
  const took = stepTimes({ users, tokens, keys, answeredAtMs });
  const hasToken = tokens.some(({ status }) => status === "active");
  const usableKey = keys.find((key) => key.enabled);
  const hasKey = usableKey !== undefined;
  const nextStep = !hasToken ? "token" : !hasKey ? "key" : "request";
  const doneCount = [hasToken, hasKey, isAnswered].filter(Boolean).length;
  const credential =
    held !== null
      ? ({ kind: "key", secret: held.secret } as const)
      : usableKey !== undefined
        ? ({ kind: "asKey", keyId: usableKey.id } as const)
        : ({ kind: "session" } as const);
  return (
    <Card aria-labelledby="first-steps">
      <CardHeader id="first-steps" title={t(nextStep === "request" ? "readyTitle" : "title")}>
        <span className="text-label text-foreground-soft">{t("progress", { done: doneCount, total: 3 })}</span>
      </CardHeader>
      <ol className="divide-y">
        <Step number={1} isDone={hasToken} isNext={nextStep === "token"} title={t("token.title")} tookMs={took.tokenMs}>
          <p>{tokens.length > 0 && !hasToken ? t("token.noneActive") : t("token.text")}</p>
          {isAdmin || tokens.length > 0 ? (
            <StepLink href={tokens.length > 0 ? "/tokens/" : "/tokens/?new=1"}>
              {tokens.length > 0 ? t("token.look") : t("token.action")}
            </StepLink>
          ) : (
            <p className="mt-3">{t("adminNeeded")}</p>
          )}
        </Step>
        <Step number={2} isDone={hasKey} isNext={nextStep === "key"} title={t("key.title")} tookMs={took.keyMs}>
          <p>{t("key.text")}</p>
          {isAdmin ? (
            <StepLink href="/keys/?new=1">{t("key.action")}</StepLink>
          ) : (
            <p className="mt-3">{t("adminNeeded")}</p>
          )}
        </Step>
        <Step
          number={3}
          isDone={isAnswered}
          isNext={nextStep === "request"}
          title={t("request.title")}
          tookMs={took.requestMs}
        >
          <p className="mb-3">{t("request.text")}</p>
          {isAdmin && (
            <TestRequest
              credential={credential}
              modelIds={usableKey?.allowed_models ?? modelIds}
              onSuccess={() => setAnsweredAtMs(Date.now())}
            />
          )}
          {usableKey !== undefined && (
            <StepLink href={`/connect/?key=${encodeURIComponent(held?.id ?? usableKey.id)}`}>
              {t("request.connect")}
            </StepLink>
          )}
        </Step>
      </ol>
    </Card>
  );
}

function StepLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <ButtonLink size="small" href={href} className="mt-3">
      {children}
    </ButtonLink>
  );
}

interface StepProps {
  number: number;
  isDone: boolean;
  isNext: boolean;
  title: string;
  /** From the end of the step before; null where that is not known. */
  tookMs: number | null;
  children: ReactNode;
}

function Step({ number, isDone, isNext, title, tookMs, children }: StepProps) {
  const t = useTranslations("overview.steps");
  const figures = useFigures();
  return (
    <li className="flex gap-3.5 px-4 py-3.5" {...(isNext ? { "aria-current": "step" as const } : {})}>
      <span
        aria-hidden
        className={classNames(
          "grid size-6 shrink-0 place-items-center rounded-full border text-label font-semibold",
          isDone
            ? "border-transparent bg-ok-soft text-ok"
            : isNext
              ? "border-transparent bg-primary text-primary-foreground"
              : "text-foreground-soft",
        )}
      >
        {isDone ? <Check className="size-3.5" strokeWidth={3} /> : number}
      </span>
      <div className="min-w-0 flex-1 text-small text-foreground-soft">
        <h3 className={classNames("text-body leading-6 font-medium", !isDone && "text-foreground")}>
          {title}
          {isDone && <span className="sr-only"> ({t("done")})</span>}
          {isDone && tookMs !== null && (
            <span className="ml-2 text-label font-normal text-foreground-soft">
              {t("took", { time: figures.duration(tookMs) })}
            </span>
          )}
        </h3>
        {isNext && <div className="mt-1 max-w-3xl">{children}</div>}
      </div>
    </li>
  );
}
