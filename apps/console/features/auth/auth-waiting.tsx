import { useTranslations } from "use-intl";
import { Skeleton } from "#components/ui/skeleton";

/** Shown while the gateway is asked who is logged in. */
export function AuthWaiting() {
  const t = useTranslations("common");
  return (
    <div role="status" className="mx-auto flex max-w-sm flex-col gap-3 px-4 pt-[22vh]">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-4 w-64" />
      <Skeleton className="mt-4 h-9 w-full" />
      <Skeleton className="h-9 w-full" />
    </div>
  );
}
