import { PageMessages } from "#components/page-messages";
import { OverviewPage } from "#features/overview/overview-page";

export default function Page() {
  return (
    <PageMessages part="overview">
      <OverviewPage />
    </PageMessages>
  );
}
