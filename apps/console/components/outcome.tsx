import { useTranslations } from "use-intl";
import { State, type Tone } from "#components/ui/badge";

const tones: Record<"completed" | "failed" | "aborted", Tone> = { completed: "ok", failed: "danger", aborted: "warn" };

interface OutcomeProps {
  outcome: "completed" | "failed" | "aborted";
  status?: number;
  code?: string | null;
}

/** How a request ended: a word, with the status and the code where it failed. */
export function Outcome({ outcome, status, code = null }: OutcomeProps) {
  const t = useTranslations("outcomes");
  return (
    <State tone={tones[outcome]} title={code ?? undefined}>
      {outcome === "failed" && status !== undefined ? `${status} ${code ?? ""}`.trim() : t(outcome)}
    </State>
  );
}
