import { useCallback } from "react";
import { useTranslations } from "use-intl";

export const protocolNames = ["openai-chat", "openai-responses", "anthropic-messages", "openai-embeddings"] as const;

/** What people call a protocol; the raw name of one that is new to us. */
export function useProtocolName(): (protocol: string) => string {
  const t = useTranslations("protocols");
  return useCallback(
    (protocol) => {
      const known = protocolNames.find((name) => name === protocol);
      return known === undefined ? protocol : t(known);
    },
    [t],
  );
}
