import { useTranslations } from "use-intl";
import { Skeleton } from "#components/ui/skeleton";

/** The outline of a card's table that is on its way, as high as so many rows and their header. */
export function RowsSkeleton({ rows }: { rows: number }) {
  const t = useTranslations("common");
  return (
    <div role="status">
      <span className="sr-only">{t("loading")}</span>
      <div className="h-8" />
      {Array.from({ length: rows }, (_row, index) => `row ${index}`).map((row) => (
        <div key={row} className="flex h-9 items-center gap-8 border-t px-4">
          <Skeleton className="h-3 w-2/5" />
          <Skeleton className="ml-auto h-3 w-12" />
        </div>
      ))}
    </div>
  );
}
