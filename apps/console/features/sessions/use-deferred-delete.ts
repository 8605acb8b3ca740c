import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { queryKeys } from "#lib/api/query-keys";
import { requestJson } from "#lib/api/request-json";
import { useErrorSentence } from "#lib/use-error-message";

export interface DeferredDelete {
  /** What is not shown any more, though it may come back. */
  hiddenIds: ReadonlySet<string>;
  remove: (ids: readonly string[]) => void;
}

const path = "/api/sessions/batch-delete";

/** Deletes conversations once the way back is gone: when the toast ends, or when the page is left. */
export function useDeferredDelete(): DeferredDelete {
  const t = useTranslations("sessions");
  const tCommon = useTranslations("common");
  const queryClient = useQueryClient();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const [hiddenIds, setHiddenIds] = useState<ReadonlySet<string>>(new Set());
  const waiting = useRef(new Set<string>());
  useEffect(() => {
    const sendNow = () => {
      if (waiting.current.size === 0) return;
      const body = JSON.stringify({ ids: [...waiting.current] });
      waiting.current.clear();
      void fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body, keepalive: true });
    };
    window.addEventListener("pagehide", sendNow);
    return () => window.removeEventListener("pagehide", sendNow);
  }, []);
  const show = useCallback((ids: readonly string[], isHidden: boolean) => {
    for (const id of ids) {
      if (isHidden) waiting.current.add(id);
      else waiting.current.delete(id);
    }
    setHiddenIds((hidden) => {
      const next = new Set(hidden);
      for (const id of ids) isHidden ? next.add(id) : next.delete(id);
      return next;
    });
  }, []);
  const remove = useCallback(
    (ids: readonly string[]) => {
      show(ids, true);
      showToast("done", t("deletedToast", { count: ids.length }), {
        action: { label: tCommon("undo"), onAction: () => show(ids, false) },
        onGone: () => {
          const left = ids.filter((id) => waiting.current.delete(id));
          if (left.length === 0) return;
          requestJson(path, { method: "POST", body: { ids: left } })
            .then(() => queryClient.invalidateQueries({ queryKey: queryKeys.sessions }))
            .then(() => queryClient.invalidateQueries({ queryKey: queryKeys.requests }))
            .catch((error: unknown) => {
              show(left, false);
              showToast("failed", errorSentence(error instanceof Error ? error : new Error(String(error))));
            });
        },
      });
    },
    [show, showToast, t, tCommon, queryClient, errorSentence],
  );
  return { hiddenIds, remove };
}
