import { useTranslations } from "use-intl";
import type { Batch } from "#lib/api/use-batches";
import { useFigures } from "#lib/use-figures";

/** How many requests of a batch came through, failed, or are still to come: in words and as a bar. */
export function BatchProgress({ batch: { counts } }: { batch: Batch }) {
  const t = useTranslations("batches.progress");
  const figures = useFigures();
  const { total, succeeded, errored, cancelled, expired, running } = counts;
  const parts = [
    t("of", { done: figures.count(succeeded + errored), total: figures.count(total) }),
    ...(errored > 0 ? [t("errored", { count: errored })] : []),
    ...(running > 0 ? [t("running", { count: running })] : []),
    ...(cancelled + expired > 0 ? [t("left", { count: cancelled + expired })] : []),
  ];
  const share = (count: number) => `${total === 0 ? 0 : (count / total) * 100}%`;
  return (
    <div className="min-w-0">
      <p className="truncate tabular-nums">{parts.join(" · ")}</p>
      <div aria-hidden className="mt-1.5 flex h-1.5 overflow-hidden rounded-full bg-track">
        <div className="bg-bar" style={{ width: share(succeeded) }} />
        <div className="bg-bar-danger" style={{ width: share(errored) }} />
      </div>
    </div>
  );
}
