"use client";

import type { GatewayStatus } from "@copilot-llm/gateway/admin-api";
import Link from "next/link";
import type { ReactNode } from "react";
import { useLocale, useTranslations } from "use-intl";
import { State } from "#components/ui/badge";
import { useAuthStatus } from "#lib/api/use-auth";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useFigures } from "#lib/use-figures";

interface StateLineProps {
  tokens: readonly GithubToken[];
  status: GatewayStatus | undefined;
}

/** One line: can the gateway serve, with how many tokens, is its store well, what runs. Each part leads to its page. */
export function StateLine({ tokens, status }: StateLineProps) {
  const t = useTranslations("overview.state");
  const locale = useLocale();
  const figures = useFigures();
  const version = useAuthStatus().data?.version;
  const count = (name: GithubToken["status"]) => tokens.filter((token) => token.status === name).length;
  const active = count("active");
  const isServing = status?.serving ?? active > 0;
  const exceptions = (["auth_failed", "cooling", "exhausted"] as const).flatMap((name) => {
    const number = count(name);
    return number === 0 ? [] : [{ name, number }];
  });
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-1.5 text-small">
      <State tone={isServing ? "ok" : tokens.length === 0 ? "neutral" : "danger"} className="font-medium">
        {t(isServing ? "serving" : tokens.length === 0 ? "noToken" : "notServing")}
      </State>
      {locale === "en" && status?.serving === false && status.reason !== null && tokens.length > 0 && (
        <span lang="en" className="text-danger">
          {status.reason}
        </span>
      )}
      <Part href="/tokens/">
        {t("tokens", { active, total: tokens.length })}
        {exceptions.length > 0 && (
          <span className="text-foreground-soft">
            {t("exceptions", {
              list: exceptions.map(({ name, number }) => t(name, { count: number })).join(t("separator")),
            })}
          </span>
        )}
      </Part>
      {status != null && (
        <>
          <Part href="/settings/#data">
            <State tone={status.store.healthy ? "ok" : "danger"}>
              {t(status.store.healthy ? "storeHealthy" : "storeFailing")}
              {status.store.healthy && (
                <span className="text-foreground-soft">
                  {t("separator")}
                  {t("lag", { lag: figures.duration(status.store.lag_ms) })}
                </span>
              )}
            </State>
          </Part>
          <Part href="/sessions/?tab=requests">
            {t("running", { count: status.running })}
            {status.waiting > 0 && <span className="text-warn"> · {t("waiting", { count: status.waiting })}</span>}
          </Part>
        </>
      )}
      {version !== undefined && <Part href="/settings/#about">{t("version", { version })}</Part>}
    </div>
  );
}

function Part({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} prefetch={false} className="hover:underline">
      {children}
    </Link>
  );
}
