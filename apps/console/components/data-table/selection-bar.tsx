import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Button } from "#components/ui/button";

interface SelectionBarProps {
  count: number;
  onClear: () => void;
  children: ReactNode;
}

/**
 * Over the list while rows are ticked: how many, and what can be done with them. Below cards, which scroll with the
 * page, it stays in sight above the bar of pages.
 */
export function SelectionBar({ count, onClear, children }: SelectionBarProps) {
  const t = useTranslations("table");
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-2 border-b bg-info-soft px-4 py-1.5 text-small max-lg:fixed max-lg:inset-x-4 max-lg:bottom-[calc(4rem+env(safe-area-inset-bottom))] max-lg:z-30 max-lg:rounded-lg max-lg:border max-lg:shadow-lg">
      <span role="status" className="mr-1 font-medium">
        {t("selected", { count })}
      </span>
      <div className="flex flex-wrap items-center gap-2 max-lg:order-last max-lg:w-full">{children}</div>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("clearSelection")}
        title={t("clearSelection")}
        className="ml-auto"
        onClick={onClear}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}
