import { useTranslations } from "use-intl";
import { State, type Tone } from "#components/ui/badge";
import type { Batch } from "#lib/api/use-batches";

const tones: Record<Batch["status"], Tone> = {
  validating: "info",
  in_progress: "info",
  cancelling: "warn",
  completed: "ok",
  cancelled: "neutral",
  expired: "warn",
  failed: "danger",
};

/** What a batch is doing, or how it ended. */
export function BatchStatus({ batch: { status } }: { batch: Batch }) {
  const t = useTranslations("batches.status");
  return <State tone={tones[status]}>{t(status)}</State>;
}
