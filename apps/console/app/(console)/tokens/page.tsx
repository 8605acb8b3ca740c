import { PageMessages } from "#components/page-messages";
import { TokensPage } from "#features/tokens/tokens-page";

export default function Page() {
  return (
    <PageMessages part="tokens">
      <TokensPage />
    </PageMessages>
  );
}
