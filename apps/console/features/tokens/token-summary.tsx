import { useTranslations } from "use-intl";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { classNames } from "#lib/class-names";
import { useFigures } from "#lib/use-figures";
import { sumQuotas } from "./sum-quotas";

export const tokenStates = ["active", "cooling", "exhausted", "auth_failed", "checking", "disabled"] as const;
export type TokenState = (typeof tokenStates)[number];

const dots: Record<TokenState, string> = {
  active: "bg-ok",
  cooling: "bg-bar-warn",
  exhausted: "bg-bar-warn",
  auth_failed: "bg-danger",
  checking: "bg-info",
  disabled: "border border-foreground-soft",
};

interface TokenSummaryProps {
  tokens: readonly GithubToken[];
  state: TokenState | null;
  onState: (state: TokenState | null) => void;
}

/** How many tokens are in each state, as filters; and what is left in all, a sum for each unit. */
export function TokenSummary({ tokens, state, onState }: TokenSummaryProps) {
  const t = useTranslations("tokens");
  const figures = useFigures();
  const counts = tokenStates
    .map((name) => ({ name, count: tokens.filter(({ status }) => status === name).length }))
    .filter(({ name, count }) => count > 0 || name === state);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b px-4 py-2.5 text-small">
      <fieldset aria-label={t("columns.state")} className="flex flex-wrap gap-1">
        {counts.map(({ name, count }) => (
          <button
            key={name}
            type="button"
            aria-pressed={state === name}
            onClick={() => onState(state === name ? null : name)}
            className="flex h-8 items-center gap-1.5 rounded-md px-2 hover:bg-muted aria-pressed:bg-muted pointer-coarse:h-11"
          >
            <span aria-hidden className={classNames("size-2 rounded-full", dots[name])} />
            <span className="font-semibold tabular-nums">{count}</span>
            <span className="text-foreground-soft">{t(`status.${name}`)}</span>
          </button>
        ))}
      </fieldset>
      <div className="ml-auto flex flex-wrap gap-x-5 gap-y-1 text-foreground-soft max-sm:ml-2">
        {sumQuotas(tokens).map(({ unit, used, limit }) => (
          <span key={unit} className="tabular-nums">
            {t.rich(`left.${unit}`, {
              left: figures.compact(Math.max(0, Math.round(limit - used))),
              limit: figures.compact(limit),
              b: (figure) => <span className="font-semibold text-foreground">{figure}</span>,
            })}
          </span>
        ))}
      </div>
    </div>
  );
}
