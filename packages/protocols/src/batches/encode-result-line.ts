import type { BatchItem } from "@copilot-llm/model";

const newline = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;

/** A line of one of OpenAI's files of results. */
export function encodeOutputLine(item: BatchItem): Uint8Array {
  const id = `batch_req_${item.batchId.slice(item.batchId.indexOf("_") + 1)}_${item.index}`;
  const head = `{"id":${JSON.stringify(id)},"custom_id":${JSON.stringify(item.customId)},`;
  if (item.answer === null) {
    const error = JSON.stringify({
      code: "batch_expired",
      message: "This request could not be executed before the completion window expired.",
    });
    return Buffer.from(`${head}"response":null,"error":${error}}\n`);
  }
  const facts = `"response":{"status_code":${item.status},"request_id":${JSON.stringify(item.requestId)},"body":`;
  return Buffer.concat([Buffer.from(head + facts), onOneLine(item.answer), Buffer.from('},"error":null}\n')]);
}

/** A line of the results of one of Anthropic's message batches. */
export function encodeMessageBatchResult(item: BatchItem): Uint8Array {
  const head = `{"custom_id":${JSON.stringify(item.customId)},"result":`;
  const result = resultOf(item);
  if (result === null || item.answer === null) {
    return Buffer.from(`${head}{"type":"${item.state === "expired" ? "expired" : "canceled"}"}}\n`);
  }
  const { type, field } = result;
  return Buffer.concat([
    Buffer.from(`${head}{"type":"${type}","${field}":`),
    onOneLine(item.answer),
    Buffer.from("}}\n"),
  ]);
}

function resultOf({ state }: BatchItem): { readonly type: string; readonly field: string } | null {
  if (state === "succeeded") return { type: "succeeded", field: "message" };
  return state === "errored" ? { type: "errored", field: "error" } : null;
}

/** JSON as it was answered: a line break in it stands between its parts, where any space will do. */
function onOneLine(json: Uint8Array): Uint8Array {
  if (!json.includes(newline) && !json.includes(carriageReturn)) return json;
  return json.map((byte) => (byte === newline || byte === carriageReturn ? space : byte));
}
