import { useNow, useTranslations } from "use-intl";
import { RelativeTime } from "#components/relative-time";
import { State, type Tone } from "#components/ui/badge";
import type { ApiKey } from "#lib/api/use-api-keys";
import { type KeyState as KeyStateName, mapKeyState } from "./map-key-state";

const tones: Record<KeyStateName, Tone> = {
  active: "ok",
  unused: "ok",
  expiring: "warn",
  limited: "warn",
  expired: "danger",
  disabled: "neutral",
};

type Shown = Pick<ApiKey, "state" | "expires_at" | "last_used_at" | "resets_at">;

/** Whether a key opens anything now, and in a second line until when or since when. */
export function KeyState({ apiKey }: { apiKey: Shown }) {
  const t = useTranslations("keys");
  const now = useNow({ updateInterval: 20_000 });
  const state = mapKeyState(apiKey, now.getTime());
  const { expires_at: expiresAt, resets_at: resetsAt } = apiKey;
  return (
    <div className="min-w-0">
      <State tone={tones[state]}>{t(`state.${state}`)}</State>
      {state === "limited" && (
        <p className="truncate text-label text-foreground-soft">
          {resetsAt === null ? t("neverResets") : t.rich("resets", { time: () => <RelativeTime time={resetsAt} /> })}
        </p>
      )}
      {(state === "expiring" || state === "expired") && expiresAt !== null && (
        <p className="truncate text-label text-foreground-soft">
          <RelativeTime time={expiresAt} />
        </p>
      )}
    </div>
  );
}
