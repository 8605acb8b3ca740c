import type { Batch, BatchItemState } from "@copilot-llm/model";

/** Which of a batch's two files of results: of what succeeded, or of what did not. */
export type OutputKind = "output" | "errors";

/** What the lines of each are. Cancelled items have none, as at OpenAI. */
export const outputStates = {
  output: ["succeeded"],
  errors: ["errored", "expired"],
} as const satisfies Readonly<Record<OutputKind, readonly BatchItemState[]>>;

const prefix = "batch_";

/** The file is made from the batch's items whenever somebody asks for it. */
export function outputFileId(batchId: string, kind: OutputKind): string {
  return `file_${batchId.slice(prefix.length)}_${kind}`;
}

/** The batch whose file it would be; null for a file that somebody uploaded. */
export function parseOutputFileId(fileId: string): { readonly batchId: string; readonly kind: OutputKind } | null {
  const [, id, kind] = /^file_(\w+)_(output|errors)$/.exec(fileId) ?? [];
  if (id === undefined || (kind !== "output" && kind !== "errors")) return null;
  return { batchId: prefix + id, kind };
}

/** Whether the batch has the file: once it has ended, where there is a line for it. */
export function hasOutputFile({ endedAtMs, counts }: Batch, kind: OutputKind): boolean {
  return endedAtMs !== null && outputStates[kind].some((state) => counts[state] > 0);
}
