import { z } from "@hono/zod-openapi";

export const exportFormat = z.enum(["jsonl", "csv"]).default("jsonl");
export type ExportFormat = z.output<typeof exportFormat>;

/** What an export answers, in either format. */
export const exportContent = {
  "application/x-ndjson": { schema: { type: "string" } },
  "text/csv": { schema: { type: "string" } },
} as const;
