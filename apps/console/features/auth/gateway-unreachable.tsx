import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { AuthFrame } from "./auth-frame";

interface GatewayUnreachableProps {
  error: Error;
  onRetry: () => void;
}

/** Instead of any page while the gateway has not answered once. */
export function GatewayUnreachable({ error, onRetry }: GatewayUnreachableProps) {
  const t = useTranslations("auth");
  return (
    <AuthFrame title={t("unreachableTitle")}>
      <ErrorNotice error={error} onRetry={onRetry} />
    </AuthFrame>
  );
}
