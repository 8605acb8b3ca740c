import { PageMessages } from "#components/page-messages";
import { ConnectPage } from "#features/connect/connect-page";

export default function Page() {
  return (
    <PageMessages part="connect">
      <ConnectPage />
    </PageMessages>
  );
}
