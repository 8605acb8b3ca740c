import Link from "next/link";
import { useTranslations } from "use-intl";
import { FactList } from "#components/detail-sheet";
import { ExactTime, RelativeTime } from "#components/relative-time";
import { State } from "#components/ui/badge";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { SettingsSection } from "./settings-section";

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
