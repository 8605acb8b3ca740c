import { ArrowUp } from "lucide-react";
import { useTranslations } from "use-intl";

interface NewRowsButtonProps {
  count: number;
  onShow: () => void;
}

/** Over a list: how much came in meanwhile. */
export function NewRowsButton({ count, onShow }: NewRowsButtonProps) {
  const t = useTranslations("table");
  return (
    <div role="status" className="contents">
      {count > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="flex h-8 w-full items-center justify-center gap-1.5 border-b bg-info-soft text-label font-medium text-info hover:underline pointer-coarse:h-11"
        >
          <ArrowUp aria-hidden className="size-3.5" />
          {t("newRows", { count })}
        </button>
      )}
    </div>
  );
}
