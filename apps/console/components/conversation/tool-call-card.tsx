import { ChevronRight, Wrench } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Badge } from "#components/ui/badge";
import { formatJson } from "#lib/format-json";

interface ToolCallCardProps {
  name: string;
  /** JSON, or free text where the tool takes that. */
  input: string;
  /** What came back; null while nothing has. */
  result: { isError: boolean; content: ReactNode; firstLine: string } | null;
  /** Below: the box for an answer by hand. */
  children?: ReactNode;
  isOpen?: boolean;
}

/** A call of a tool and what came back, folded; the first line of both is shown. */
export function ToolCallCard({ name, input, result, children, isOpen = false }: ToolCallCardProps) {
  const t = useTranslations("conversation");
  return (
    <div className="my-2 overflow-hidden rounded-lg border bg-surface">
      <details open={isOpen} className="group">
        <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 px-3 text-small">
          <ChevronRight
            aria-hidden
            className="size-3.5 shrink-0 text-foreground-soft transition-transform group-open:rotate-90"
          />
          <Wrench aria-hidden className="size-3.5 shrink-0 text-foreground-soft" />
          <span className="shrink-0 font-mono text-label font-medium">{name}</span>
          <span
            data-label
            className="min-w-0 flex-1 truncate font-mono text-label text-foreground-soft group-open:invisible"
          >
            {input}
          </span>
          {result?.isError === true && <Badge tone="danger">{t("toolError")}</Badge>}
        </summary>
        <div className="border-t px-3 py-2">
          <p data-label className="text-label text-foreground-soft">
            {t("toolInput")}
          </p>
          <pre className="mt-1 overflow-x-auto font-mono text-label break-words whitespace-pre-wrap">
            {formatJson(input)}
          </pre>
          {result !== null && (
            <>
              <p data-label className="mt-3 text-label text-foreground-soft">
                {t("toolResult")}
              </p>
              <div className="mt-1 max-h-96 overflow-auto">{result.content}</div>
            </>
          )}
        </div>
      </details>
      {result !== null && result.firstLine !== "" && (
        <p data-label className="truncate border-t px-3 py-1.5 font-mono text-label text-foreground-soft">
          → {result.firstLine}
        </p>
      )}
      {children}
    </div>
  );
}
