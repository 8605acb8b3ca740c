import { PageMessages } from "#components/page-messages";
import { ApiReferencePage } from "#features/api-reference/api-reference-page";

export default function Page() {
  return (
    <PageMessages part="api-reference">
      <ApiReferencePage />
    </PageMessages>
  );
}
