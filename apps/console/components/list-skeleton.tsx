import { useTranslations } from "use-intl";
import { Card } from "#components/ui/card";
import { Skeleton } from "#components/ui/skeleton";
import { classNames } from "#lib/class-names";

const rows = ["a", "b", "c", "d", "e", "f", "g", "h"];

/** The outline of a list that is on its way, with rows as high as its own. */
export function ListSkeleton({ rowHeight = "single" }: { rowHeight?: "single" | "double" }) {
  const t = useTranslations("common");
  return (
    <Card role="status">
      <span className="sr-only">{t("loading")}</span>
      <div className="h-8 border-b" />
      {rows.map((row) => (
        <div
          key={row}
          className={classNames(
            "flex items-center gap-8 border-b px-4 last:border-b-0",
            rowHeight === "single" ? "h-10" : "h-[3.25rem]",
          )}
        >
          <div className="w-48 max-w-[40%] space-y-1.5">
            <Skeleton className="h-3 w-3/4" />
            {rowHeight === "double" && <Skeleton className="h-2.5 w-1/2" />}
          </div>
          <Skeleton className="h-3 w-24" />
          <Skeleton className="hidden h-3 w-40 sm:block" />
          <Skeleton className="hidden h-3 w-24 lg:block" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </Card>
  );
}
