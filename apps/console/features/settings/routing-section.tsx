import { useFormatter, useTranslations } from "use-intl";
import { RadioCards } from "#components/ui/radio-cards";
import type { GatewaySettings } from "#lib/api/use-settings";
import { SettingsFormBody, SettingsSection, useSettingsForm } from "./settings-section";
import { simulatedLosses, strategies } from "./simulated-figures";

/** Which token serves, with what each way lost of the quotas when it was simulated. */
export function RoutingSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.routing");
  const format = useFormatter();
  const percent = (share: number) => format.number(share, { style: "percent", maximumFractionDigits: 2 });
  const form = useSettingsForm(settings, { strategy: settings.routing_strategy }, ({ strategy }) => ({
    routing_strategy: strategy,
  }));
  return (
    <SettingsSection id="routing" title={t("title")}>
      <SettingsFormBody form={form}>
        <p className="text-small text-foreground-soft">{t("text")}</p>
        <RadioCards
          label={t("title")}
          isLabelHidden
          name="routing-strategy"
          value={form.values.strategy}
          options={strategies.map((strategy) => {
            const { together, apart } = simulatedLosses[strategy];
            return {
              value: strategy,
              label: t(`strategies.${strategy}`),
              text: (
                <>
                  {t(`effects.${strategy}`)}
                  <span className="mt-1 flex flex-wrap gap-x-5 text-label">
                    <span>{t("lostTogether", { share: percent(together) })}</span>
                    <span>{t("lostApart", { share: apart === null ? "–" : percent(apart) })}</span>
                  </span>
                </>
              ),
            };
          })}
          onChange={(strategy) => form.change({ strategy })}
        />
        <p className="text-label text-foreground-soft">{t("simulated")}</p>
      </SettingsFormBody>
    </SettingsSection>
  );
}
