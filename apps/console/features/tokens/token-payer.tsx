import { useTranslations } from "use-intl";
import { DetailSection, FactList } from "#components/detail-sheet";
import { DayTime } from "#components/relative-time";
import { type GithubToken, useGithubTokens } from "#lib/api/use-github-tokens";
import { useQuotaForecast } from "#lib/api/use-quota-forecast";
import { useFigures } from "#lib/use-figures";

/** Who pays for a token, with which others it shares the quota, and what will be lost of that at the reset. */
export function TokenPayer({ token }: { token: GithubToken }) {
  const t = useTranslations("tokens.payer");
  const figures = useFigures();
  const { data: forecast } = useQuotaForecast();
  const { data: list } = useGithubTokens();
  const outlook = forecast?.entities.find(({ token_ids: ids }) => ids.includes(token.id));
  const { billing_entity: payer } = token;
  if (payer === null && outlook === undefined) return null;
  const others = (list?.tokens ?? []).filter(({ id }) => id !== token.id && outlook?.token_ids.includes(id) === true);
  const whole = (value: number) => figures.amount(Math.round(value));
  const { projected_waste: waste = null, runs_out_at: runsOutAt = null, reset_at: resetAt = null } = outlook ?? {};
  return (
    <DetailSection title={t("title")}>
      <FactList
        facts={[
          [t("payer"), outlook?.name ?? payer],
          others.length === 0 ? null : [t("sharedWith"), others.map(({ alias }) => alias).join(", ")],
          outlook?.entitlement == null || outlook.used === null
            ? null
            : [
                t("used"),
                t(`usedOf.${outlook.unit ?? "units"}`, {
                  used: figures.amount(outlook.used),
                  limit: figures.count(outlook.entitlement),
                }),
              ],
          waste === null
            ? null
            : [
                t("lost"),
                t("lostBetween", { lost: whole(waste.expected), low: whole(waste.p10), high: whole(waste.p90) }),
              ],
          runsOutAt === null ? null : [t("runsOut"), <DayTime key="out" time={runsOutAt} />],
          resetAt === null ? null : [t("reset"), <DayTime key="reset" time={resetAt} />],
        ]}
      />
    </DetailSection>
  );
}
