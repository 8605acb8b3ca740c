import { useFormatter, useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { State, type Tone } from "#components/ui/badge";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useTokenReason } from "./use-token-reason";

const tones: Record<GithubToken["status"], Tone> = {
  checking: "info",
  active: "ok",
  cooling: "warn",
  exhausted: "warn",
  auth_failed: "danger",
  disabled: "neutral",
};

/** A token's state, and in a second line why it is in it or until when. */
export function TokenState({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens");
  const reason = useTokenReason()(token);
  const format = useFormatter();
  const { status, cooling_until: coolingUntil, error_message: message } = token;
  const until =
    coolingUntil === null
      ? null
      : t("restsUntilMoment", {
          moment: format.dateTime(new Date(coolingUntil), { dateStyle: "medium", timeStyle: "short" }),
        });
  // What there is no room for, and GitHub's own words.
  const whole = [t(`status.${status}`), until, reason, message === "" || message === reason ? null : message];
  return (
    <div className="min-w-0" title={whole.filter((part) => part !== null).join("\n")}>
      <State tone={tones[status]}>{t(`status.${status}`)}</State>
      {(reason !== null || coolingUntil !== null) && (
        <p className="truncate text-label text-foreground-soft">
          {coolingUntil !== null && t.rich("restsUntil", { time: () => <RelativeTime time={coolingUntil} /> })}
          {coolingUntil !== null && reason !== null && " · "}
          {reason}
        </p>
      )}
    </div>
  );
}
