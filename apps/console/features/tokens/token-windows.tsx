import type { QuotaBucket } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { Meter } from "#components/ui/meter";
import { useFigures } from "#lib/use-figures";

/** The rolling windows in which GitHub limits an account, beside its quota. */
const windowBuckets = ["session", "weekly"] as const;

/** How full the session's and the week's window are, as two thin bars. */
export function TokenWindows({ quotas }: { quotas: readonly QuotaBucket[] | undefined }) {
  const t = useTranslations("tokens.windows");
  const figures = useFigures();
  const windows = windowBuckets.flatMap((name) => {
    const quota = quotas?.find(({ bucket }) => bucket === name);
    if (quota === undefined || quota.entitlement === null || quota.used === null) return [];
    return [{ name, used: quota.used, limit: quota.entitlement }];
  });
  if (windows.length === 0) return <span className="text-foreground-soft">–</span>;
  return (
    <div className="flex flex-col gap-1.5">
      {windows.map(({ name, used, limit }) => {
        const share = figures.percent(limit === 0 ? 1 : used / limit);
        return (
          <div key={name} className="flex items-center gap-2" title={t("used", { window: t(name), share })}>
            <span className="w-11 shrink-0 truncate text-tick text-foreground-soft">{t(name)}</span>
            <Meter used={used} limit={limit} label={t("used", { window: t(name), share })} isThin />
          </div>
        );
      })}
    </div>
  );
}
