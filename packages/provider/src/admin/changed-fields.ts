import type { AuditEvent } from "@copilot-llm/model";

type Scalar = AuditEvent["detail"][string];

const maxCharacters = 500;

/**
 * What the trail keeps of a change: of each field that is not what it was `before.field` and `after.field`. Lists and
 * maps are told as JSON. Give it only what may be told.
 */
export function changedFields(before: object, after: object): AuditEvent["detail"] {
  const earlier = new Map(Object.entries(before));
  const detail: Record<string, Scalar> = {};
  for (const [field, value] of Object.entries(after)) {
    const [was, is] = [tell(earlier.get(field)), tell(value)];
    if (was === is) continue;
    detail[`before.${field}`] = was;
    detail[`after.${field}`] = is;
  }
  return detail;
}

function tell(value: unknown): Scalar {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  const text = JSON.stringify(value);
  return text.length > maxCharacters ? `${text.slice(0, maxCharacters)}…` : text;
}
