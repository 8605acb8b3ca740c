import Link from "next/link";
import { useTranslations } from "use-intl";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { useAuthStatus, useIsAdmin } from "#lib/api/use-auth";
import { type GatewaySettings, useUpdateSettings } from "#lib/api/use-settings";
import { useErrorSentence } from "#lib/use-error-message";
import { SettingsSection } from "./settings-section";

/** The ways in: the one key of the environment, the console's users, and how they sign in. */
export function AccessSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.access");
  const tCommon = useTranslations("common");
  const isAdmin = useIsAdmin();
  const { data: status } = useAuthStatus();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const update = useUpdateSettings();
  const { legacy_key_enabled: isEnabled, version, start_settings: start } = settings;
  const set = (isOn: boolean, ofVersion: string, isUndo: boolean) =>
    update.mutate(
      { changes: { legacy_key_enabled: isOn }, version: ofVersion },
      {
        onSuccess: (changed) =>
          showToast(
            "done",
            t(isOn ? "legacyOn" : "legacyOff"),
            isUndo ? {} : { action: { label: tCommon("undo"), onAction: () => set(!isOn, changed.version, true) } },
          ),
        onError: (error) => showToast("failed", errorSentence(error)),
      },
    );
  return (
    <SettingsSection id="access" title={t("title")}>
      <ul className="divide-y px-4">
        <li className="flex items-center gap-4 py-3">
          <div className="min-w-0 flex-1 text-small">
            <p className="font-medium">{t("legacy")}</p>
            <p className="text-foreground-soft">{t(start.legacy_key ? "legacyText" : "legacyUnset")}</p>
          </div>
          {start.legacy_key && isAdmin && (
            <Switch
              isOn={isEnabled}
              label={t("legacy")}
              isBusy={update.isPending}
              onToggle={() => set(!isEnabled, version, false)}
            />
          )}
        </li>
        <li className="py-3 text-small">
          <p className="font-medium">{t("users")}</p>
          <p className="text-foreground-soft">
            {t.rich(isAdmin ? "usersText" : "usersTextViewer", {
              link: () => (
                <Link href="/users/" className="text-accent underline">
                  {t("usersLink")}
                </Link>
              ),
            })}
          </p>
        </li>
        <li className="py-3 text-small">
          <p className="font-medium">{t("signIn")}</p>
          <p className="text-foreground-soft">
            {(status?.sign_in_methods ?? []).map((method) => t(`methods.${method}`)).join(", ")}
          </p>
        </li>
      </ul>
    </SettingsSection>
  );
}
