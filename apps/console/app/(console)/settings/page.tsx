import { PageMessages } from "#components/page-messages";
import { SettingsPage } from "#features/settings/settings-page";

export default function Page() {
  return (
    <PageMessages part="keys">
      <PageMessages part="settings">
        <SettingsPage />
      </PageMessages>
    </PageMessages>
  );
}
