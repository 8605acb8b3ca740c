import Link from "next/link";
import { useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { State } from "#components/ui/badge";
import type { BatchRunner } from "#lib/api/use-batches";

const tones = { off: "neutral", quiet: "neutral", running: "ok", waiting: "warn", idle: "ok" } as const;

/** How the gateway works on batches now, and until when that stays so. */
export function RunnerLine({ runner: { state, until, running } }: { runner: BatchRunner }) {
  const t = useTranslations("batches.runner");
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-small">
      <State tone={tones[state]}>{t(`states.${state}`)}</State>
      <span className="text-foreground-soft">
        {t(`texts.${state}`, { count: running })}
        {until !== null && (
          <>
            {" · "}
            {t.rich("until", { time: () => <RelativeTime time={until} /> })}
          </>
        )}
      </span>
      <Link href="/settings/#batches" className="text-accent underline">
        {t("settings")}
      </Link>
    </p>
  );
}
