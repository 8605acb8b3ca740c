import Link from "next/link";
import { useTranslations } from "use-intl";
import { Switch } from "#components/ui/switch";
import { useToast } from "#components/ui/toast";
import { useAuthStatus, useIsAdmin } from "#lib/api/use-auth";
import { type GatewaySettings, useUpdateSettings } from "#lib/api/use-settings";
import { useErrorSentence } from "#lib/use-error-message";
import { SettingsSection } from "./settings-section";

/** What is allowed by a switch, in the order in which it is shown. */
const switches = [
  { setting: "legacy_key_enabled", words: "legacy" },
  { setting: "viewers_see_prompts", words: "viewers" },
  { setting: "holders_see_sessions", words: "holders" },
] as const;
type Switched = (typeof switches)[number]["setting"];

/** The ways in and what they open: the one key of the environment, viewers, holders of keys, and how users sign in. */
export function AccessSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.access");
  const tCommon = useTranslations("common");
  const isAdmin = useIsAdmin();
  const { data: status } = useAuthStatus();
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  const update = useUpdateSettings();
  const { version, start_settings: start } = settings;
  const set = (setting: Switched, isOn: boolean, ofVersion: string, isUndo: boolean) =>
    update.mutate(
      { changes: { [setting]: isOn }, version: ofVersion },
      {
        onSuccess: (changed) =>
          showToast(
            "done",
            t(`done.${setting}.${isOn ? "on" : "off"}`),
            isUndo
              ? {}
              : { action: { label: tCommon("undo"), onAction: () => set(setting, !isOn, changed.version, true) } },
          ),
        onError: (error) => showToast("failed", errorSentence(error)),
      },
    );
  return (
    <SettingsSection id="access" title={t("title")}>
      <ul className="divide-y px-4">
        {switches.map(({ setting, words }) => {
          const isUnset = setting === "legacy_key_enabled" && !start.legacy_key;
          return (
            <li key={setting} className="flex items-center gap-4 py-3">
              <div className="min-w-0 flex-1 text-small">
                <p className="font-medium">{t(words)}</p>
                <p className="text-foreground-soft">
                  {isUnset ? t("legacyUnset") : t(`${words}Text.${settings[setting] ? "on" : "off"}`)}
                </p>
              </div>
              {!isUnset && isAdmin && (
                <Switch
                  isOn={settings[setting]}
                  label={t(words)}
                  isBusy={update.isPending}
                  onToggle={() => set(setting, !settings[setting], version, false)}
                />
              )}
            </li>
          );
        })}
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
