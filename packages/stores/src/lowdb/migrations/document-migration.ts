import type * as z from "zod";

/** One step: what one version wrote, as the next one writes it. Pure. Throws a `ZodError` when it is not what was written. */
export type DocumentMigration = (earlier: unknown) => unknown;

/** `migrate` is never changed once a later version was released, and must not depend on what may change. */
export function createMigration<Earlier, Later>(
  earlierSchema: z.ZodType<Earlier>,
  migrate: (earlier: Earlier) => Later,
): DocumentMigration {
  return (earlier) => migrate(earlierSchema.parse(earlier));
}

/** A kind of document at rest, `version` aside. */
export interface DocumentFormat<Stored> {
  /** Exactly what the current version writes. */
  readonly schema: z.ZodType<Stored>;
  /** The first leads from version 1 to 2, and so on: the current version is one more than there are steps. */
  readonly migrations: readonly DocumentMigration[];
}

export function currentVersion(format: DocumentFormat<unknown>): number {
  return format.migrations.length + 1;
}
