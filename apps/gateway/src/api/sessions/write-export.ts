import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { RecordedRequest } from "@copilot-llm/stores";
import type { GatewayContext } from "../../http/request-context.js";
import { exportCsv, exportJsonl } from "./export-lines.js";

/** Streams the records to the client as a file of this format. Never rejects. */
export async function writeExport(
  context: GatewayContext,
  format: "jsonl" | "csv",
  records: AsyncIterable<RecordedRequest>,
): Promise<void> {
  const { outgoing } = context.env;
  outgoing.writeHead(200, {
    ...context.get("answerHeaders"),
    "cache-control": "no-store",
    "content-type": format === "csv" ? "text/csv; charset=utf-8" : "application/x-ndjson",
    "content-disposition": `attachment; filename="sessions.${format}"`,
    "x-request-id": context.get("requestId"),
  });
  // A client that leaves early is no error, and one that sees the connection cut knows that lines are missing.
  await pipeline(Readable.from(format === "csv" ? exportCsv(records) : exportJsonl(records)), outgoing).catch(
    (error: unknown) => {
      context.get("logEntry").add({ error });
    },
  );
}
