import { useTranslations } from "use-intl";
import { ButtonLink } from "#components/ui/button";
import type { GatewaySettings } from "#lib/api/use-settings";
import { SettingsSection } from "./settings-section";

/** How many names stand for models; they are edited beside the models. */
export function NamesSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.names");
  return (
    <SettingsSection
      id="names"
      title={t("title")}
      aside={
        <ButtonLink variant="outline" size="small" href="/models/#names">
          {t("edit")}
        </ButtonLink>
      }
    >
      <p className="p-4 text-small text-foreground-soft">
        {t("text", {
          aliases: Object.keys(settings.model_aliases).length,
          fallbacks: Object.keys(settings.model_fallbacks).length,
        })}
      </p>
    </SettingsSection>
  );
}
