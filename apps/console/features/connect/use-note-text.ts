import type { Note } from "@copilot-llm/connect";
import { useTranslations } from "use-intl";

/** Says a note in the reader's language; code stands between backticks. */
export function useNoteText(): (note: Note) => string {
  const t = useTranslations("connect.notes");
  return ({ key, values }) => t(key, values as never);
}
