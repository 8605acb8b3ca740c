import { useTranslations } from "use-intl";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import type { RequestAttempt } from "#lib/api/use-requests";
import { useFigures } from "#lib/use-figures";

/** Every try of a request on a token, one after the other, as long as each took. */
export function AttemptList({ attempts }: { attempts: readonly RequestAttempt[] }) {
  const t = useTranslations("sessions.attempts");
  const figures = useFigures();
  const { data } = useGithubTokens();
  const total = Math.max(
    1,
    attempts.reduce((sum, attempt) => sum + attempt.duration_ms, 0),
  );
  const rows = attempts.map((attempt, index) => ({
    attempt,
    startMs: attempts.slice(0, index).reduce((sum, { duration_ms: ms }) => sum + ms, 0),
  }));
  return (
    <ol className="mt-2 grid gap-1.5 text-label">
      {rows.map(({ attempt, startMs }, index) => {
        const alias = data?.tokens.find(({ id }) => id === attempt.token_id)?.alias ?? t("unknownToken");
        const isFailed = attempt.failure !== null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a recorded request does not change
          <li key={index} className="grid grid-cols-[6rem_minmax(0,1fr)_4.5rem] items-center gap-2">
            <span className="truncate" title={alias}>
              {alias}
            </span>
            <span className="min-w-0">
              <span className="flex gap-1.5">
                <span className={isFailed ? "text-danger" : ""}>{attempt.status ?? "–"}</span>
                <span className="truncate text-foreground-soft">{attempt.failure ?? ""}</span>
              </span>
              <span className="relative mt-0.5 block h-1 rounded-full bg-track">
                <span
                  className={isFailed ? "absolute h-1 rounded-full bg-danger" : "absolute h-1 rounded-full bg-bar"}
                  style={{
                    left: `${(startMs / total) * 100}%`,
                    width: `${Math.max(1, (attempt.duration_ms / total) * 100)}%`,
                  }}
                />
              </span>
            </span>
            <span className="text-right tabular-nums">{figures.duration(attempt.duration_ms)}</span>
          </li>
        );
      })}
    </ol>
  );
}
