import { PageMessages } from "#components/page-messages";
import { PlaygroundPage } from "#features/playground/playground-page";

export default function Page() {
  return (
    <PageMessages part="playground">
      <PlaygroundPage />
    </PageMessages>
  );
}
