import type { AuditEvent } from "#lib/api/use-audit";

/** The fields that are not after an event as they were before it. */
export function listChangedFields({ before, after }: Pick<AuditEvent, "before" | "after">): readonly string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].filter(
    (name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]),
  );
}
