import Link from "next/link";
import { useTranslations } from "use-intl";
import { FactList } from "#components/detail-sheet";
import { ExactTime, RelativeTime } from "#components/relative-time";
import { State } from "#components/ui/badge";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import type { GatewaySettings } from "#lib/api/use-settings";
import { SettingsSection } from "./settings-section";

/** What the environment said at the start; it is changed there. */
export function StartSection({ settings }: { settings: GatewaySettings }) {
  const t = useTranslations("settings.start");
  const tModes = useTranslations("settings.recording.modes");
  const { start_settings: start } = settings;
  const isSet = (value: boolean) => t(value ? "set" : "unset");
  const rows = [
    ["RECORDING", tModes(start.recording), t("recording")],
    ["RECORDING_RETENTION_DAYS", String(start.recording_retention_days), t("retention")],
    ["API_KEY", isSet(start.legacy_key), t("legacyKey")],
    ["GITHUB_OAUTH_CLIENT_ID", isSet(start.device_flow), t("deviceFlow")],
  ] as const;
  return (
    <SettingsSection id="start" title={t("title")}>
      <p className="px-4 pt-3 text-small text-foreground-soft">{t("text")}</p>
      <dl className="divide-y px-4 py-1">
        {rows.map(([name, value, meaning]) => (
          <div key={name} className="grid gap-x-4 py-2 text-small sm:grid-cols-[17rem_8rem_minmax(0,1fr)]">
            <dt className="font-mono text-label leading-5 break-all">{name}</dt>
            <dd className="font-medium">{value}</dd>
            <dd className="text-foreground-soft">{meaning}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  );
}

/** The gateway itself. */
export function AboutSection() {
  const t = useTranslations("settings.about");
  const { data: status } = useGatewayStatus();
  return (
    <SettingsSection id="about" title={t("title")}>
      <div className="min-h-36 p-4">
        {status !== undefined && (
          <FactList
            facts={[
              [t("version"), status.version],
              [
                t("started"),
                <span key="started">
                  <RelativeTime time={status.started_at} /> (<ExactTime time={status.started_at} />)
                </span>,
              ],
              [
                t("store"),
                <State key="store" tone={status.store.healthy ? "ok" : "danger"}>
                  {t(`stores.${status.store.kind}`)}
                </State>,
              ],
              [t("address"), status.public_url ?? window.location.origin],
              [t("licence"), "MIT"],
            ]}
          />
        )}
        <p className="mt-3 text-small">
          <Link href="/api-reference/" className="text-accent underline">
            {t("reference")}
          </Link>
        </p>
      </div>
    </SettingsSection>
  );
}
