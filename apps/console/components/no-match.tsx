import { SearchX } from "lucide-react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";
import { EmptyState } from "./empty-state";

/** What a list says when its filters leave nothing. */
export function NoMatch({ onClear }: { onClear: () => void }) {
  const t = useTranslations("table");
  return (
    <EmptyState
      icon={SearchX}
      title={t("noMatch")}
      action={
        <Button variant="secondary" size="small" onClick={onClear}>
          {t("clearFilters")}
        </Button>
      }
    >
      {t("noMatchText")}
    </EmptyState>
  );
}
