import { useTranslations } from "use-intl";
import { Outcome } from "#components/outcome";
import { ExactTime } from "#components/relative-time";
import type { RequestFacts } from "#lib/api/use-requests";
import { nanoAiuPerCredit, useFigures } from "#lib/use-figures";
import { AttemptList } from "./attempt-list";
import type { DetailView } from "./use-session-view";

interface TurnMetaProps {
  request: RequestFacts;
  onRequest: (id: string, view: DetailView) => void;
}

/** Under each answer: what it took. A request that failed stands as a step of its own, with what was tried. */
export function TurnMeta({ request, onRequest }: TurnMetaProps) {
  const t = useTranslations("sessions.chat");
  const figures = useFigures();
  const { outcome, status, error_code: code, attempts } = request;
  const parts = [
    request.model_used ?? request.model_asked,
    request.token_alias,
    request.input_tokens === null
      ? null
      : t("tokens", {
          input: figures.compact(request.input_tokens),
          output: figures.compact(request.output_tokens ?? 0),
        }),
    request.nano_aiu === null || request.nano_aiu === 0
      ? null
      : t("credits", { amount: figures.amount(request.nano_aiu / nanoAiuPerCredit) }),
    figures.duration(request.duration_ms),
  ].filter((part) => part !== null);
  return (
    <div data-label className="flex flex-col gap-1.5">
      {outcome !== "completed" && (
        <div className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2 text-small">
          <Outcome outcome={outcome} status={status} code={code} />
          {attempts.length > 0 && <AttemptList attempts={attempts} />}
        </div>
      )}
      <p className="flex flex-wrap items-center gap-x-1.5 gap-y-0.5 text-label text-foreground-soft">
        <ExactTime time={request.at} />
        {parts.map((part) => (
          <span key={part}>· {part}</span>
        ))}
        <span className="ml-auto flex gap-3">
          <button type="button" className="text-accent hover:underline" onClick={() => onRequest(request.id, "raw")}>
            {t("raw")}
          </button>
          <button type="button" className="text-accent hover:underline" onClick={() => onRequest(request.id, "facts")}>
            {t("facts")}
          </button>
        </span>
      </p>
    </div>
  );
}
