"use client";

import type { JoinState } from "@copilot-llm/gateway/admin-api";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { ErrorNotice } from "#components/error-notice";
import { Button } from "#components/ui/button";
import { useJoining } from "#lib/api/use-join";

interface JoinWaitingProps {
  code: string;
  joining: Extract<JoinState, { status: "pending" }>;
  onJoined: (state: JoinState) => void;
  onAgain: () => void;
}

/** The code to type at GitHub, until it is approved there. */
export function JoinWaiting({ code, joining, onJoined, onAgain }: JoinWaitingProps) {
  const t = useTranslations("join.device");
  const tCommon = useTranslations("common");
  const { data, error } = useJoining(code, joining.id, joining.interval);
  useEffect(() => {
    if (data?.status === "complete") onJoined(data);
  }, [data, onJoined]);
  const status = data === null ? "gone" : (data?.status ?? "pending");
  const hasFailed = status !== "pending" && status !== "complete";
  return (
    <div className="flex flex-col gap-4 text-small">
      <p>
        {t("open")}
        <span className="mt-1 flex items-center gap-1">
          <a
            href={joining.verification_uri}
            target="_blank"
            rel="noreferrer"
            className="font-mono break-all text-accent underline"
          >
            {joining.verification_uri}
          </a>
          <CopyButton
            text={joining.verification_uri}
            label={tCommon("copyOf", { what: joining.verification_uri })}
            size="tinyIcon"
          />
        </span>
      </p>
      <p>
        {t("type")}
        <span className="mt-1 flex items-center gap-2">
          <output className="font-mono text-[2rem] leading-10 font-semibold tracking-widest">
            {joining.user_code}
          </output>
          <CopyButton text={joining.user_code} label={t("copyCode")} />
        </span>
      </p>
      <p role="status" className="text-foreground-soft">
        {t(`states.${status}`)}
      </p>
      {error !== null && <ErrorNotice error={error} />}
      {hasFailed && (
        <Button size="wide" onClick={onAgain}>
          {t("again")}
        </Button>
      )}
    </div>
  );
}
