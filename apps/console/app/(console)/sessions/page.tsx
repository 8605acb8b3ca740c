import { PageMessages } from "#components/page-messages";
import { SessionsPage } from "#features/sessions/sessions-page";

export default function Page() {
  return (
    <PageMessages part="sessions">
      <SessionsPage />
    </PageMessages>
  );
}
