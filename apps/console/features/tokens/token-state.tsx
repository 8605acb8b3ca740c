import type { GithubTokenView } from "@copilot-llm/gateway/admin-api";
import { useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { Badge, type BadgeTone } from "#components/ui/badge";

const tones: Record<GithubTokenView["status"], BadgeTone> = {
  checking: "info",
  active: "ok",
  cooling: "warn",
  exhausted: "warn",
  auth_failed: "danger",
  disabled: "neutral",
};

/** A token's state, why it is in it, and until when. */
export function TokenState({ token }: { token: GithubTokenView }) {
  const t = useTranslations("tokens");
  const { status, error_message: reason, warning, cooling_until: coolingUntil } = token;
  return (
    <div className="flex flex-col gap-1">
      <Badge tone={tones[status]} dot>
        {t(`status.${status}`)}
      </Badge>
      {reason !== null && reason !== "" && <p className="text-xs break-words text-foreground-soft">{reason}</p>}
      {warning !== null && <p className="text-xs break-words text-warn">{warning}</p>}
      {coolingUntil !== null && (
        <p className="text-xs text-foreground-soft">
          {t.rich("restsUntil", { time: () => <RelativeTime time={coolingUntil} /> })}
        </p>
      )}
    </div>
  );
}
