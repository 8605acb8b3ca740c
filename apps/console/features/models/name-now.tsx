import type { ModelResolutionView } from "@copilot-llm/gateway/admin-api";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { queryKeys } from "#lib/api/query-keys";
import { requestJson } from "#lib/api/request-json";
import { useSettled } from "#lib/use-settled";

interface NameNowProps {
  /** As it is typed; empty while nothing is. */
  name: string;
  /** What the name stands for already, which saving would end. */
  replaced: string | undefined;
}

const typingPauseMs = 300;

/** What a name means before it is made an alias: what it would replace, or which model it leads to without one. */
export function NameNow({ name, replaced }: NameNowProps) {
  const t = useTranslations("models.names");
  const settled = useSettled(name, typingPauseMs);
  const { data } = useQuery({
    queryKey: [...queryKeys.models, "resolve", settled],
    queryFn: ({ signal }) =>
      requestJson<ModelResolutionView>(`/api/models/resolve?${new URLSearchParams({ name: settled })}`, { signal }),
    enabled: settled !== "" && replaced === undefined,
  });
  const text = (): string | null => {
    if (name === "") return null;
    if (replaced !== undefined) return t("replaces", { name, model: replaced });
    if (data?.name !== name) return null;
    return data.model === null ? t("leadsNowhere", { name }) : t("leadsTo", { name, model: data.model });
  };
  return (
    <p role="status" className="basis-full text-label break-words text-foreground-soft empty:hidden">
      {text()}
    </p>
  );
}
