import { PageMessages } from "#components/page-messages";
import { ModelsPage } from "#features/models/models-page";

export default function Page() {
  return (
    <PageMessages part="models">
      <ModelsPage />
    </PageMessages>
  );
}
