import { useNow, useTranslations } from "use-intl";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { useStats } from "#lib/api/use-stats";
import { dayMs, hourMs } from "#lib/time-units";
import { useFigures } from "#lib/use-figures";

interface RecordingSizeProps {
  /** How long recordings are kept now. */
  keptDays: number;
  /** How long they would be. */
  days: number;
}

const paceDays = 7;

/** What recordings take on the disk, and what they would come to at the pace of the last week. */
export function RecordingSize({ keptDays, days }: RecordingSizeProps) {
  const t = useTranslations("settings.recording");
  const figures = useFigures();
  const { data: status } = useGatewayStatus();
  const toMs = Math.ceil(useNow({ updateInterval: 600_000 }).getTime() / hourMs) * hourMs;
  const { data: week } = useStats({ fromMs: toMs - paceDays * dayMs, toMs, groupBy: "day" });
  const { data: kept } = useStats({
    fromMs: Math.max(0, toMs - Math.max(1, keptDays) * dayMs),
    toMs,
    groupBy: "month",
  });
  const bytes = status?.store.recording_bytes ?? null;
  if (bytes === null || week === undefined || kept === undefined) return null;
  const requests = kept.totals.requests;
  const perDay = requests === 0 ? 0 : (bytes / requests) * (week.totals.requests / paceDays);
  return (
    <p className="text-small">
      {t("size", { size: figures.bytes(bytes) })}
      {perDay > 0 && days > 0 && Number.isFinite(days) && (
        <> {t("projected", { size: figures.bytes(perDay * days), days })}</>
      )}
    </p>
  );
}
