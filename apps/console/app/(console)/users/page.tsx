import { PageMessages } from "#components/page-messages";
import { UsersPage } from "#features/users/users-page";

export default function Page() {
  return (
    <PageMessages part="users">
      <UsersPage />
    </PageMessages>
  );
}
