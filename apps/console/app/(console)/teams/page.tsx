import { PageMessages } from "#components/page-messages";
import { TeamsPage } from "#features/teams/teams-page";

export default function Page() {
  return (
    <PageMessages part="keys">
      <PageMessages part="teams">
        <TeamsPage />
      </PageMessages>
    </PageMessages>
  );
}
