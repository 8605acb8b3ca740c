import { PageMessages } from "#components/page-messages";
import { KeysPage } from "#features/keys/keys-page";

export default function Page() {
  return (
    <PageMessages part="keys">
      <KeysPage />
    </PageMessages>
  );
}
