import { PageMessages } from "#components/page-messages";
import { BatchesPage } from "#features/batches/batches-page";

export default function Page() {
  return (
    <PageMessages part="batches">
      <BatchesPage />
    </PageMessages>
  );
}
