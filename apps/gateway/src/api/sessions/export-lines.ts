import type { RecordedRequest } from "@copilot-llm/stores";
import { csvLine } from "../route/csv-line.js";
import { encodeRecordedRequest } from "./encode.js";
import type { RecordedRequestView } from "./schemas.js";

/** Bodies and attempts do not fit into a table. */
export const csvColumns = [
  "id",
  "session_id",
  "at",
  "key_id",
  "key_alias",
  "token_id",
  "token_alias",
  "client_ip",
  "user_agent",
  "operation",
  "protocol",
  "wire",
  "stream",
  "model_asked",
  "model_used",
  "initiator",
  "outcome",
  "status",
  "error_code",
  "ttft_ms",
  "duration_ms",
  "input_tokens",
  "output_tokens",
  "cache_read_tokens",
  "cache_write_tokens",
  "reasoning_tokens",
  "premium_units",
  "nano_aiu",
] as const satisfies readonly (keyof RecordedRequestView)[];

/** One JSON object a line, bodies included for whoever may see them. */
export async function* exportJsonl(
  records: AsyncIterable<RecordedRequest>,
  withBodies: boolean,
): AsyncGenerator<string> {
  for await (const recorded of records) {
    const shown = withBodies ? recorded : { ...recorded, bodies: null };
    yield `${JSON.stringify(encodeRecordedRequest(shown))}\n`;
  }
}

/** A header line, then one line a request, without bodies (RFC 4180). */
export async function* exportCsv(records: AsyncIterable<RecordedRequest>): AsyncGenerator<string> {
  yield csvLine(csvColumns);
  for await (const record of records) yield encodeRow(encodeRecordedRequest(record));
}

export function encodeRow(view: RecordedRequestView): string {
  return csvLine(csvColumns.map((column) => view[column]));
}
