import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@copilot-llm/model";
import * as z from "zod";
import { readCheckedJson, writeCheckedJson } from "../checked-json-file.js";
import { forgottenSchema } from "../sessions/forgotten-conversations.js";
import { type LedgerCountsSnapshot, ledgerCountsSchema } from "./ledger-counts.js";

/** All counts as of the end of a segment, so that a start reads only the segments after it. */
export interface Checkpoint {
  readonly segment: number;
  readonly counts: LedgerCountsSnapshot;
  readonly forgotten: z.infer<typeof forgottenSchema>;
}

const version = 1;

/** The first checkpoints were written before anything could be removed. */
const checkpointSchema = z.strictObject({
  version: z.literal(version),
  segment: z.int(),
  counts: ledgerCountsSchema,
  forgotten: forgottenSchema.default([]),
});

/** Of these the newest is used; the other is for when that one turns out damaged. */
const keptCheckpoints = 2;

/** Older checkpoints go once this one is on disk. */
export async function writeCheckpoint(directory: string, checkpoint: Checkpoint): Promise<void> {
  await writeCheckedJson(checkpointPath(directory, checkpoint.segment), { version, ...checkpoint });
  for (const segment of (await listCheckpoints(directory)).slice(keptCheckpoints)) {
    await rm(checkpointPath(directory, segment), { force: true });
  }
}

/** The newest intact checkpoint; null when there is none. */
export async function readCheckpoint(directory: string, log: Log): Promise<Checkpoint | null> {
  for (const segment of await listCheckpoints(directory)) {
    const checkpoint = await readCheckedJson(checkpointPath(directory, segment), checkpointSchema, version);
    if (checkpoint !== null) return checkpoint;
    log.error("A checkpoint is damaged; the counts are taken from an older one and the log.", { segment });
  }
  return null;
}

/** Replaces what every intact checkpoint says of removed conversations. */
export async function rewriteForgotten(directory: string, forgotten: Checkpoint["forgotten"]): Promise<void> {
  for (const segment of await listCheckpoints(directory)) {
    const path = checkpointPath(directory, segment);
    const checkpoint = await readCheckedJson(path, checkpointSchema, version);
    if (checkpoint !== null) await writeCheckedJson(path, { ...checkpoint, forgotten });
  }
}

/** The last segment that every checkpoint on disk covers: up to it, segments can be spared. Zero when there is none. */
export async function coveredSegment(directory: string): Promise<number> {
  return (await listCheckpoints(directory)).at(-1) ?? 0;
}

function checkpointPath(directory: string, segment: number): string {
  return join(directory, `checkpoint-${segment}.json`);
}

/** Newest first. */
async function listCheckpoints(directory: string): Promise<number[]> {
  return (await readdir(directory))
    .map((name) => /^checkpoint-(\d+)\.json$/.exec(name)?.[1])
    .filter((number) => number !== undefined)
    .map(Number)
    .sort((a, b) => b - a);
}
