import type { ApiKeyView } from "@copilot-llm/gateway/admin-api";
import { useNow, useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";

/** Whether a key opens anything now, and when it expires. */
export function KeyState({ apiKey }: { apiKey: ApiKeyView }) {
  const t = useTranslations("keys");
  const now = useNow({ updateInterval: 20_000 });
  const { enabled, expires_at: expiresAt } = apiKey;
  const isExpired = expiresAt !== null && new Date(expiresAt) <= now;
  const state = !enabled ? "disabled" : isExpired ? "expired" : "active";
  const tone = { disabled: "neutral", expired: "danger", active: "ok" } as const;
  return (
    <div className="flex flex-col gap-1">
      <Badge tone={tone[state]} dot>
        {t(`state.${state}`)}
      </Badge>
      {expiresAt !== null && (
        <p className="text-xs text-foreground-soft">
          {t.rich(isExpired ? "expired" : "expires", { time: () => <RelativeTime time={expiresAt} /> })}
        </p>
      )}
    </div>
  );
}
