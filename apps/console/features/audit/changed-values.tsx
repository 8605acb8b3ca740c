import { useFormatter, useTranslations } from "use-intl";
import type { AuditEvent } from "#lib/api/use-audit";
import { useFigures } from "#lib/use-figures";
import { listChangedFields } from "./list-changed-fields";
import { useFieldName } from "./use-field-name";

const mostShown = 3;
const mostCharacters = 40;

/** What the changed fields were and are, as far as one line can say it; ids say nothing to a reader. */
export function ChangedValues({ event }: { event: AuditEvent }) {
  const fieldName = useFieldName();
  const valueText = useValueText();
  const changed = listChangedFields(event);
  const texts = changed
    .filter((name) => !/_ids?$/u.test(name))
    .flatMap((name) => {
      const before = valueText(event.before?.[name]);
      const after = valueText(event.after?.[name]);
      if (before === null || after === null) return [];
      return [`${changed.length > 1 ? `${fieldName(name)} ` : ""}${before} → ${after}`];
    });
  if (event.before === null || texts.length === 0) return null;
  return (
    <span className="text-foreground-soft">
      {texts.slice(0, mostShown).map((text) => ` · ${text}`)}
      {texts.length > mostShown && " · …"}
    </span>
  );
}

/** A value in the reader's words; null for what is too long for a line. */
function useValueText(): (value: unknown) => string | null {
  const t = useTranslations("audit.values");
  const format = useFormatter();
  const figures = useFigures();
  return (value) => {
    if (value === null || value === undefined) return t("none");
    if (typeof value === "boolean") return t(value ? "on" : "off");
    if (typeof value === "number") return figures.count(value);
    if (typeof value !== "string" || value.length > mostCharacters) return null;
    if (!/^\d{4}-\d\d-\d\dT/u.test(value)) return value;
    return format.dateTime(new Date(value), { dateStyle: "medium", timeStyle: "short" });
  };
}
