import { useTranslations } from "use-intl";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import type { NavigationEntry } from "./navigation";

interface NavigationBadge {
  count: number;
  /** What is counted. */
  text: string;
}

type NavigationBadges = Partial<Record<NavigationEntry["labelKey"], NavigationBadge>>;

/** What asks for attention on a page that is not open: tokens that GitHub refuses or that rest. */
export function useNavigationBadges(): NavigationBadges {
  const t = useTranslations("navigation");
  const { data } = useGithubTokens();
  const count = (data?.tokens ?? []).filter(
    ({ enabled, status }) => enabled && (status === "auth_failed" || status === "cooling" || status === "exhausted"),
  ).length;
  return count === 0 ? {} : { tokens: { count, text: t("restingTokens", { count }) } };
}
