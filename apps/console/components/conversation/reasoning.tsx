import { Brain, ChevronRight } from "lucide-react";
import { useTranslations } from "use-intl";
import { useFigures } from "#lib/use-figures";

interface ReasoningProps {
  text: string;
  /** How much the service sealed into it. */
  sealedBytes?: number | null;
  isStreaming?: boolean;
}

/** What a model thought, folded apart from what it said. */
export function Reasoning({ text, sealedBytes = null, isStreaming = false }: ReasoningProps) {
  const t = useTranslations("conversation");
  const figures = useFigures();
  const sealed = sealedBytes === null ? null : t("sealed", { size: figures.bytes(sealedBytes) });
  if (text === "") {
    return sealed === null ? null : (
      <p data-label className="my-2 flex items-center gap-2 text-label text-foreground-soft">
        <Brain aria-hidden className="size-3.5" />
        {t("reasoning")} · {sealed}
      </p>
    );
  }
  return (
    <details className="group my-2 text-small text-foreground-soft">
      <summary data-label className="flex w-fit cursor-pointer list-none items-center gap-1.5 text-label">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        <Brain aria-hidden className="size-3.5" />
        {t(isStreaming ? "thinking" : "reasoning")}
        {sealed !== null && ` · ${sealed}`}
      </summary>
      <p className="mt-1.5 ml-1.5 border-l-2 pl-3 break-words whitespace-pre-wrap">{text}</p>
    </details>
  );
}
