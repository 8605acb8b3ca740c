import { useTranslations } from "use-intl";
import { useToast } from "#components/ui/toast";
import { requestText } from "#lib/api/request-json";
import { saveText } from "#lib/save-text";
import { useErrorSentence } from "#lib/use-error-message";

export const exportFormats = ["jsonl", "csv"] as const;
type ExportFormat = (typeof exportFormats)[number];

const types = { jsonl: "application/x-ndjson", csv: "text/csv;charset=utf-8" } as const;

/** Saves the requests of the chosen conversations as one file, one conversation after the other. */
export function useSelectionExport(): (ids: readonly string[], format: ExportFormat) => Promise<void> {
  const t = useTranslations("sessions.export");
  const showToast = useToast();
  const errorSentence = useErrorSentence();
  return async (ids, format) => {
    try {
      const texts: string[] = [];
      for (const id of ids) texts.push(await readExport(id, format));
      const day = new Date().toISOString().slice(0, 10);
      saveText(texts.map(format === "csv" ? dropHead : String).join(""), `sessions-${day}.${format}`, types[format]);
      showToast("done", t("done", { count: ids.length }));
    } catch (error) {
      showToast("failed", errorSentence(error instanceof Error ? error : new Error(String(error))));
    }
  };
}

function readExport(id: string, format: ExportFormat): Promise<string> {
  return requestText(`/api/sessions/export?${new URLSearchParams({ session: id, format })}`);
}

/** Only the first file's line of names stays. */
function dropHead(text: string, index: number): string {
  return index === 0 ? text : text.slice(text.indexOf("\n") + 1);
}
