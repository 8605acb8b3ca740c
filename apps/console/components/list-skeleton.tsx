import { useTranslations } from "use-intl";
import { Skeleton } from "#components/ui/skeleton";

const rows = ["first", "second", "third"];

/** The outline of a list that is on its way. */
export function ListSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="divide-y">
      <span className="sr-only">{t("loading")}</span>
      {rows.map((row) => (
        <div key={row} className="flex items-center gap-6 p-4">
          <div className="flex-1 space-y-2">
            <Skeleton className="h-4 w-36" />
            <Skeleton className="h-3 w-52 max-w-full" />
          </div>
          <Skeleton className="hidden h-4 w-24 sm:block" />
          <Skeleton className="hidden h-4 w-32 md:block" />
          <Skeleton className="h-5 w-9 rounded-full" />
        </div>
      ))}
    </div>
  );
}
