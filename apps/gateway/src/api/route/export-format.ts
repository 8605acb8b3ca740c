import { z } from "@hono/zod-openapi";

export const exportFormat = z.enum(["jsonl", "csv"]).default("jsonl");
export type ExportFormat = z.output<typeof exportFormat>;

/** What an export answers, in either format, with an example of each. */
export function exportContent(examples: Readonly<Record<ExportFormat, string>>) {
  return {
    "application/x-ndjson": { schema: { type: "string" }, example: examples.jsonl },
    "text/csv": { schema: { type: "string" }, example: examples.csv },
  } as const;
}
