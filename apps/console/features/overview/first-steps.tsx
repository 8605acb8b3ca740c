"use client";

import type { ApiKeyView, GithubTokenList } from "@copilot-llm/gateway/admin-api";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { CodeBlock } from "#components/code-block";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { useIsAdmin } from "#lib/api/use-auth";
import { useModelIds } from "#lib/api/use-model-ids";
import { classNames } from "#lib/class-names";
import { encodeCurlSnippet } from "#lib/snippets";

interface FirstStepsProps {
  tokens: GithubTokenList;
  keys: readonly ApiKeyView[];
}

/** Token, key, request: what is done, and the one thing to do next. */
export function FirstSteps({ tokens, keys }: FirstStepsProps) {
  const t = useTranslations("overview.steps");
  const isAdmin = useIsAdmin();
  const modelIds = useModelIds();
  const hasToken = tokens.active > 0;
  const usableKey = keys.find((key) => key.enabled);
  const hasKey = usableKey !== undefined;
  const nextStep = !hasToken ? "token" : !hasKey ? "key" : "request";
  const keyUse = {
    origin: window.location.origin,
    key: "$COPILOT_LLM_KEY",
    modelIds: usableKey?.allowed_models ?? modelIds,
  };
  return (
    <Card aria-labelledby="first-steps">
      <h2 id="first-steps" className="border-b px-5 py-3.5 text-sm font-semibold">
        {t(nextStep === "request" ? "readyTitle" : "title")}
      </h2>
      <ol className="divide-y">
        <Step number={1} isDone={hasToken} isNext={nextStep === "token"} title={t("token.title")}>
          <p>{tokens.total > 0 && !hasToken ? t("token.noneActive") : t("token.text")}</p>
          {isAdmin || tokens.total > 0 ? (
            <StepLink href="/tokens/">{tokens.total > 0 ? t("token.look") : t("token.action")}</StepLink>
          ) : (
            <p className="mt-3">{t("adminNeeded")}</p>
          )}
        </Step>
        <Step number={2} isDone={hasKey} isNext={nextStep === "key"} title={t("key.title")}>
          <p>{t("key.text")}</p>
          {isAdmin ? <StepLink href="/keys/">{t("key.action")}</StepLink> : <p className="mt-3">{t("adminNeeded")}</p>}
        </Step>
        <Step number={3} isDone={false} isNext={nextStep === "request"} title={t("request.title")}>
          <p className="mb-3">{t("request.text")}</p>
          <CodeBlock label="curl" code={`export COPILOT_LLM_KEY="clp_…"\n${encodeCurlSnippet(keyUse)}`} />
        </Step>
      </ol>
    </Card>
  );
}

function StepLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Button asChild size="small" className="mt-3">
      <Link prefetch={false} href={href}>
        {children}
      </Link>
    </Button>
  );
}

interface StepProps {
  number: number;
  isDone: boolean;
  isNext: boolean;
  title: string;
  children: ReactNode;
}

function Step({ number, isDone, isNext, title, children }: StepProps) {
  const t = useTranslations("overview.steps");
  return (
    <li className="flex gap-3.5 px-5 py-4" {...(isNext ? { "aria-current": "step" as const } : {})}>
      <span
        aria-hidden
        className={classNames(
          "grid size-6 shrink-0 place-items-center rounded-full border text-xs font-semibold",
          isDone && "border-transparent bg-ok-soft text-ok",
          isNext && "border-transparent bg-primary text-primary-foreground",
          !isDone && !isNext && "text-foreground-soft",
        )}
      >
        {isDone ? <Check className="size-3.5" strokeWidth={3} /> : number}
      </span>
      <div className="min-w-0 flex-1 text-[0.8125rem] text-foreground-soft">
        <h3 className={classNames("text-sm leading-6 font-medium", !isDone && "text-foreground")}>
          {title}
          {isDone && <span className="sr-only"> ({t("done")})</span>}
        </h3>
        {isNext && <div className="mt-1 max-w-3xl">{children}</div>}
      </div>
    </li>
  );
}
