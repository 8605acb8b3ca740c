"use client";

import { useState } from "react";
import { useTranslations } from "use-intl";
import { Dialog } from "#components/ui/dialog";
import { Tabs } from "#components/ui/tabs";
import type { AddedGithubToken } from "#lib/api/use-github-tokens";
import { useSettings } from "#lib/api/use-settings";
import { AddedTokens } from "./added-tokens";
import { AppInstallationForm } from "./app-installation-form";
import { DeviceSignIn } from "./device-sign-in";
import { PasteTokenForm } from "./paste-token-form";

interface AddTokenDialogProps {
  onClose: () => void;
}

/**
 * Adds a token by signing in, by pasting it, or as a GitHub App installation. What came of it is told here, where a
 * token that GitHub refused can be mended. As high on each tab as on the highest, so that the tabs stay under the pointer.
 */
export function AddTokenDialog({ onClose }: AddTokenDialogProps) {
  const t = useTranslations("tokens.add");
  const [added, setAdded] = useState<readonly AddedGithubToken[] | null>(null);
  // Whatever tab is looked at in between; a secret is kept by none of them.
  const [alias, setAlias] = useState("");
  const { data: settings } = useSettings();
  if (added !== null) {
    return (
      <Dialog isOpen onClose={onClose} title={t("resultTitle", { count: added.length })} size="large">
        <AddedTokens
          tokens={added}
          onClose={onClose}
          onMore={() => {
            setAlias("");
            setAdded(null);
          }}
        />
      </Dialog>
    );
  }
  return (
    <Dialog isOpen onClose={onClose} title={t("title")} description={t("description")} size="large" asksBeforeDiscard>
      <Tabs
        label={t("title")}
        look="line"
        className="min-h-0 flex-1 [&>[role=tabpanel]]:flex [&>[role=tabpanel]]:min-h-[min(34.25rem,62dvh)] [&>[role=tabpanel]]:flex-1 [&>[role=tabpanel]]:flex-col [&>[role=tabpanel]]:pt-4"
        tabs={[
          {
            id: "paste",
            label: t("tabs.paste"),
            content: <PasteTokenForm alias={alias} onAlias={setAlias} onClose={onClose} onAdded={setAdded} />,
          },
          {
            id: "signIn",
            label: t("tabs.signIn"),
            content: (
              <DeviceSignIn
                isOffered={settings?.start_settings.device_flow !== false}
                onClose={onClose}
                onAdded={(token) => setAdded([token])}
              />
            ),
          },
          {
            id: "app",
            label: t("tabs.app"),
            content: <AppInstallationForm onClose={onClose} onAdded={(token) => setAdded([token])} />,
          },
        ]}
      />
    </Dialog>
  );
}
