import { PageMessages } from "#components/page-messages";
import { UsagePage } from "#features/usage/usage-page";

export default function Page() {
  return (
    <PageMessages part="usage">
      <UsagePage />
    </PageMessages>
  );
}
