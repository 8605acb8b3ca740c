import { CircleAlert } from "lucide-react";
import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { OriginalWords } from "#components/original-words";
import { Button } from "#components/ui/button";
import { ApiError } from "#lib/api/api-error";
import { classNames } from "#lib/class-names";
import { useErrorMessage } from "#lib/use-error-message";

interface ErrorNoticeProps {
  error: Error;
  onRetry?: () => void;
  className?: string;
}

/**
 * What went wrong in one sentence of the reader's language, the gateway's own words below where they say more, the
 * request id to quote and, where it helps, a way to try again.
 */
export function ErrorNotice({ error, onRetry, className }: ErrorNoticeProps) {
  const t = useTranslations("errors");
  const { sentence, detail } = useErrorMessage()(error);
  const requestId = error instanceof ApiError ? error.requestId : null;
  return (
    <div
      role="alert"
      className={classNames(
        "flex items-start gap-2.5 rounded-lg bg-danger-soft px-3.5 py-3 text-small text-danger",
        className,
      )}
    >
      <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{sentence}</p>
        {detail !== null && <OriginalWords label={t("original")} text={detail} />}
        {requestId !== null && (
          <p className="mt-1 flex items-center gap-1 font-mono text-label">
            <span className="break-all">{t("requestId", { id: requestId })}</span>
            <CopyButton text={requestId} label={t("copyRequestId")} size="tinyIcon" />
          </p>
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
