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
import { useConnectedAtMs } from "#lib/use-connected-at";
import { useFigures } from "#lib/use-figures";
import { firstMs, stepTimes } from "./step-times";

const stepNames = ["token", "key", "connect", "request"] as const;
type StepName = (typeof stepNames)[number];

export interface FirstStepsProps {
  tokens: readonly GithubToken[];
  keys: readonly ApiKey[];
}

/** Token, key, client, request: what is done and what it took, and what to do next. */
export function FirstSteps({ tokens, keys }: FirstStepsProps) {
  const t = useTranslations("overview.steps");
  const isAdmin = useIsAdmin();
  const { held } = useHeldKey();
  const [answeredAtMs, setAnsweredAtMs] = useState<number | null>(null);
  const { data: users = [] } = useUsers(isAdmin);
  const hasToken = tokens.some(({ status }) => status === "active");
  const usableKey = keys.find((key) => key.enabled);
  const notedAtMs = useConnectedAtMs();
  // What was noted before there was a key was of another gateway.
  const connectedAtMs =
    notedAtMs !== null && notedAtMs >= (firstMs(keys) ?? Number.POSITIVE_INFINITY) ? notedAtMs : null;
  const took = stepTimes({ users, tokens, keys, connectedAtMs, answeredAtMs });
  const isReady = hasToken && usableKey !== undefined;
  const done = {
    token: hasToken,
    key: usableKey !== undefined,
    connect: connectedAtMs !== null,
    request: answeredAtMs !== null,
  };
  const next = stepNames.find((name) => !done[name]) ?? "request";
  const step = (name: StepName) => ({
    number: stepNames.indexOf(name) + 1,
    title: t(`${name}.title`),
    isDone: done[name],
    isNext: name === next,
    tookMs: took[`${name}Ms`],
  });
  return (
    <Card aria-labelledby="first-steps">
      <CardHeader id="first-steps" title={t(isReady ? "readyTitle" : "title")}>
        <span className="text-label text-foreground-soft">
          {t("progress", { done: Object.values(done).filter(Boolean).length, total: stepNames.length })}
        </span>
      </CardHeader>
      <ol className="divide-y">
        <Step {...step("token")}>
          <p>{tokens.length > 0 && !hasToken ? t("token.noneActive") : t("token.text")}</p>
          {isAdmin || tokens.length > 0 ? (
            <StepLink href={tokens.length > 0 ? "/tokens/" : "/tokens/?new=1"}>
              {tokens.length > 0 ? t("token.look") : t("token.action")}
            </StepLink>
          ) : (
            <p className="mt-3">{t("adminNeeded")}</p>
          )}
        </Step>
        <Step {...step("key")}>
          <p>{t("key.text")}</p>
          {isAdmin ? (
            <StepLink href="/keys/?new=1">{t("key.action")}</StepLink>
          ) : (
            <p className="mt-3">{t("adminNeeded")}</p>
          )}
        </Step>
        <Step {...step("connect")}>
          <p>{t("connect.text")}</p>
          {usableKey !== undefined && (
            <StepLink href={`/connect/?key=${encodeURIComponent(held?.id ?? usableKey.id)}`}>
              {t("connect.action")}
            </StepLink>
          )}
        </Step>
        {/* Nobody has to connect a client first. */}
        <Step {...step("request")} isOpen={isReady}>
          <p className="mb-3">{t("request.text")}</p>
          {isAdmin && <FirstRequest usableKey={usableKey} onSuccess={() => setAnsweredAtMs(Date.now())} />}
        </Step>
      </ol>
    </Card>
  );
}

interface FirstRequestProps {
  usableKey: ApiKey | undefined;
  onSuccess: () => void;
}

/** A request as a client with the key would send it, with the answer as it comes in. */
function FirstRequest({ usableKey, onSuccess }: FirstRequestProps) {
  const modelIds = useModelIds();
  const { held } = useHeldKey();
  const credential =
    held !== null
      ? ({ kind: "key", secret: held.secret } as const)
      : usableKey !== undefined
        ? ({ kind: "asKey", keyId: usableKey.id } as const)
        : ({ kind: "session" } as const);
  return <TestRequest credential={credential} modelIds={usableKey?.allowed_models ?? modelIds} onSuccess={onSuccess} />;
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
  /** Whether what it is about is shown; the next step's is, unless told. */
  isOpen?: boolean;
  title: string;
  /** From the end of the step before; null where that is not known. */
  tookMs: number | null;
  children: ReactNode;
}

function Step({ number, isDone, isNext, isOpen = isNext, title, tookMs, children }: StepProps) {
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
        {isOpen && <div className="mt-1 max-w-3xl">{children}</div>}
      </div>
    </li>
  );
}
