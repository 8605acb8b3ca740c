import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { Notice } from "#components/notice";
import { Button } from "#components/ui/button";
import { RadioCards } from "#components/ui/radio-cards";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { saveAddress } from "#lib/save-address";
import { SettingsSection } from "./settings-section";

/** The backup of all data, as a file that the browser saves while the gateway serves on. */
export function DataSection() {
  const t = useTranslations("settings.data");
  const isAdmin = useIsAdmin();
  const { data: status } = useGatewayStatus();
  const [encryptionKey, setEncryptionKey] = useState<"omit" | "include">("omit");
  const isPostgres = status?.store.kind === "postgres";
  return (
    <SettingsSection id="data" title={t("title")}>
      <div className="flex flex-col gap-4 p-4">
        {isPostgres ? (
          <Notice>{t("postgres")}</Notice>
        ) : (
          <>
            <p className="text-small text-foreground-soft">{t("text")}</p>
            {isAdmin && (
              <>
                <RadioCards
                  label={t("encryptionKey")}
                  name="encryption-key"
                  value={encryptionKey}
                  options={(["omit", "include"] as const).map((value) => ({
                    value,
                    label: t(`keys.${value}`),
                    text: t(`keyTexts.${value}`),
                  }))}
                  onChange={setEncryptionKey}
                />
                <div className="flex justify-end">
                  <Button
                    variant="secondary"
                    size="small"
                    onClick={() => saveAddress(`/api/admin/backup?encryption_key=${encryptionKey}`)}
                  >
                    <Download aria-hidden />
                    {t("download")}
                  </Button>
                </div>
              </>
            )}
          </>
        )}
      </div>
    </SettingsSection>
  );
}
