import { useTranslations } from "use-intl";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import type { NavigationEntry } from "./navigation";

interface NavigationBadge {
  count: number;
  /** What is counted. */
  text: string;
}

type NavigationBadges = Partial<Record<NavigationEntry["labelKey"], NavigationBadge>>;

/** What asks for attention on a page that is not open: tokens that GitHub refuses or that rest, keys at a limit. */
export function useNavigationBadges(): NavigationBadges {
  const t = useTranslations("navigation");
  const { data } = useGithubTokens();
  const { data: status } = useGatewayStatus();
  const resting = (data?.tokens ?? []).filter(
    ({ enabled, status: state }) =>
      enabled && (state === "auth_failed" || state === "cooling" || state === "exhausted"),
  ).length;
  const limited = (status?.alerts ?? []).filter(({ code }) => code === "key_limited").length;
  return {
    ...(resting === 0 ? {} : { tokens: { count: resting, text: t("restingTokens", { count: resting }) } }),
    ...(limited === 0 ? {} : { keys: { count: limited, text: t("limitedKeys", { count: limited }) } }),
  };
}
