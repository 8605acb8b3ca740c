import { PageMessages } from "#components/page-messages";
import { AuditPage } from "#features/audit/audit-page";

export default function Page() {
  return (
    <PageMessages part="audit">
      <AuditPage />
    </PageMessages>
  );
}
