import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { utcDate } from "@copilot-llm/model";
import type { GatewayContext } from "../../http/request-context.js";
import type { ExportFormat } from "./export-format.js";

export interface ExportFile {
  /** Without the day and the ending. */
  readonly name: string;
  readonly nowMs: number;
  readonly format: ExportFormat;
  readonly lines: AsyncIterable<string>;
}

/** Streams the lines to the client as a file. Never rejects. */
export async function writeExport(context: GatewayContext, { name, nowMs, format, lines }: ExportFile): Promise<void> {
  const { outgoing } = context.env;
  outgoing.writeHead(200, {
    ...context.get("exchange").answerHeaders,
    "cache-control": "no-store",
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
    "content-disposition": `attachment; filename="${name}-${utcDate(nowMs)}.${format}"`,
    "x-request-id": context.get("exchange").requestId,
  });
  // A client that leaves early is no error, and one that sees the connection cut knows that lines are missing.
  await pipeline(Readable.from(lines), outgoing).catch((error: unknown) => {
    context.get("exchange").logEntry.add({ error });
  });
}
