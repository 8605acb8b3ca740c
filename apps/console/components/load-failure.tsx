import { TriangleAlert, X } from "lucide-react";
import { useEffect, useRef } from "react";
import { createPortal } from "react-dom";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { classNames } from "#lib/class-names";
import type { LoadFailureProps } from "#lib/load-failure-context";
import { useIsOnline } from "#lib/use-is-online";

/**
 * In the place of a part whose code did not come: the gateway was updated under the page, or is not reached. What should
 * have lain over the page says so there.
 */
export function LoadFailure({ isRetrying, onRetry, onClose }: LoadFailureProps) {
  const t = useTranslations("common");
  const tErrors = useTranslations("errors");
  const isOnline = useIsOnline();
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => notice.current?.scrollIntoView({ block: "nearest" }), []);
  const shown = (
    <div
      ref={notice}
      role="alert"
      className={classNames(
        "flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-warn-soft px-3.5 py-2.5 text-small text-warn",
        onClose !== null && "fixed inset-x-4 bottom-18 z-60 mx-auto max-w-xl border shadow-lg",
      )}
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-40">{tErrors("partNotLoaded")}</p>
      <Button variant="secondary" size="small" isBusy={isRetrying} onClick={onRetry}>
        {tErrors("retry")}
      </Button>
      <Button variant="secondary" size="small" isDisabled={!isOnline} onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
      {onClose !== null && (
        <Button variant="ghost" size="icon" aria-label={t("close")} onClick={onClose}>
          <X aria-hidden />
        </Button>
      )}
    </div>
  );
  return onClose === null ? shown : createPortal(shown, document.body);
}
