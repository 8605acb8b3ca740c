import { CircleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { ApiError } from "#lib/api/api-error";
import { classNames } from "#lib/class-names";
import { useErrorMessage } from "#lib/use-error-message";

interface ErrorNoticeProps {
  error: Error;
  onRetry?: () => void;
  className?: string;
}

/** What went wrong in one sentence, with the request id to quote and, where it helps, a way to try again. */
export function ErrorNotice({ error, onRetry, className }: ErrorNoticeProps) {
  const t = useTranslations("errors");
  const errorMessage = useErrorMessage();
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div
      role="alert"
      className={classNames(
        "flex items-start gap-2.5 rounded-lg bg-danger-soft px-3.5 py-3 text-[0.8125rem] text-danger",
        className,
      )}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{errorMessage(error)}</p>
        {requestId !== null && (
          <p className="mt-0.5 font-mono text-xs break-all opacity-80">{t("requestId", { id: requestId })}</p>
        )}
      </div>
      {onRetry !== undefined && (
        <Button variant="secondary" size="small" onClick={onRetry}>
          {t("retry")}
        </Button>
      )}
    </div>
  );
}
