"use client";

import { CircleAlert, Info, TriangleAlert, X } from "lucide-react";
import { useState } from "react";
import { useLocale, useNow, useTranslations } from "use-intl";
import { DayTime } from "#components/relative-time";
import { Button, ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { useIsAdmin } from "#lib/api/use-auth";
import type { GatewayAlert } from "#lib/api/use-gateway-status";
import { useStoredPreference } from "#lib/stored-preference";
import { useFigures } from "#lib/use-figures";
import { dismissAlert, parseDismissed } from "./dismissed-alerts";

const icons = { critical: CircleAlert, warning: TriangleAlert, info: Info } as const;
const colours = { critical: "text-danger", warning: "text-warn", info: "text-info" } as const;

/** So many stand there at once; the others are a press away. */
const mostShown = 5;

/** What wants attention, the gravest first; each can be put away for a day. Nothing when there is nothing. */
export function Attention({ alerts }: { alerts: readonly GatewayAlert[] }) {
  const t = useTranslations("overview.attention");
  const now = useNow({ updateInterval: 60_000 });
  const [stored, setStored] = useStoredPreference("console.dismissed-alerts");
  const dismissed = parseDismissed(stored, now.getTime());
  const [isWhole, setIsWhole] = useState(false);
  const standing = alerts.filter(({ id }) => !dismissed.has(id));
  if (standing.length === 0) return null;
  const shown = isWhole ? standing : standing.slice(0, mostShown);
  return (
    <Card aria-label={t("title")} className="divide-y">
      {shown.map((alert) => {
        const Icon = icons[alert.severity];
        return (
          <div
            key={alert.id}
            className="flex min-h-11 items-center gap-x-3 gap-y-1.5 py-1.5 pr-2 pl-4 text-small max-sm:flex-wrap"
          >
            <Icon aria-hidden className={`size-4 shrink-0 ${colours[alert.severity]}`} />
            <p className="min-w-0 flex-1 max-sm:basis-2/3">
              <AlertText alert={alert} />
            </p>
            <RemedyLink alert={alert} />
            <Button
              variant="ghost"
              size="icon"
              aria-label={t("dismiss")}
              title={t("dismiss")}
              onClick={() => setStored(dismissAlert(stored, alert.id, now.getTime()))}
            >
              <X aria-hidden />
            </Button>
          </div>
        );
      })}
      {standing.length > shown.length && (
        <div className="px-2 py-1">
          <Button variant="ghost" size="small" onClick={() => setIsWhole(true)}>
            {t("more", { count: standing.length - shown.length })}
          </Button>
        </div>
      )}
    </Card>
  );
}

interface Remedy {
  readonly href: string;
  readonly word: "openToken" | "openKey" | "replace" | "seeErrors" | "checkClient";
}

/** Where to go about what is of no one token or key. */
const remedies: Readonly<Partial<Record<GatewayAlert["code"], Remedy>>> = {
  error_rate_high: { href: "/sessions/?tab=requests&status=failed&range=24h", word: "seeErrors" },
  nothing_recorded: { href: "/connect/", word: "checkClient" },
};

function RemedyLink({ alert: { code, subject } }: { alert: GatewayAlert }) {
  const t = useTranslations("overview.attention");
  const isAdmin = useIsAdmin();
  const ofSubject: Remedy | null = subject && {
    href: `/${subject.kind}s/?id=${encodeURIComponent(subject.id)}`,
    word: code === "token_refused" && isAdmin ? "replace" : subject.kind === "key" ? "openKey" : "openToken",
  };
  const remedy = ofSubject ?? remedies[code];
  if (remedy === undefined) return null;
  return (
    <ButtonLink variant="outline" size="small" className="max-sm:order-last max-sm:mb-1 max-sm:ml-7" href={remedy.href}>
      {t(remedy.word)}
    </ButtonLink>
  );
}

const times = [
  ["expires_at", "expires"],
  ["resets_at", "resets"],
  ["reset_at", "resets"],
  ["until", "until"],
  ["since", "since"],
] as const;

function AlertText({ alert: { code, subject, values } }: { alert: GatewayAlert }) {
  const t = useTranslations("overview.attention");
  const locale = useLocale();
  const figures = useFigures();
  const time = times.map(([name, word]) => [values[name], word] as const).find(([value]) => typeof value === "string");
  // The reason is GitHub's own, in English; other readers find it at the subject.
  const reason = locale === "en" && typeof values.reason === "string" ? values.reason : null;
  return (
    <>
      {t.rich(`codes.${code}`, {
        alias: subject?.alias ?? "",
        b: (text) => <span className="font-semibold">{text}</span>,
      })}
      {typeof values.used === "number" && typeof values.allowed === "number" && (
        <span className="text-foreground-soft">
          {" · "}
          {t("used", { used: figures.amount(values.used), allowed: figures.amount(values.allowed) })}
        </span>
      )}
      {typeof values.rate === "number" && typeof values.week_rate === "number" && (
        <span className="text-foreground-soft">
          {" · "}
          {t("rates", {
            rate: figures.percent(values.rate),
            requests: Number(values.requests),
            weekRate: figures.percent(values.week_rate),
          })}
        </span>
      )}
      {time !== undefined && (
        <span className="text-foreground-soft">
          {" · "}
          {t.rich(time[1], { time: () => <DayTime time={String(time[0])} /> })}
        </span>
      )}
      {reason !== null && (
        <span lang="en" className="text-foreground-soft">
          {" · "}
          {reason}
        </span>
      )}
    </>
  );
}
