import { type FileHandle, open, readdir, readFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { systemErrorCode } from "../../failure/store-failure.js";
import { readRange } from "../../segment-log/read-range.js";
import type { ChangeTrail } from "../change-trail.js";
import type { DataDirectory } from "../data-directory.js";
import { encodeTarHeader, tarEnd, tarPadding } from "./tar-header.js";

const chunkBytes = 1 << 20;

/**
 * The directory as a tar archive, while it is in use. What says how far something got is taken before what it speaks
 * of: checkpoints, then statistics, then the logs; a log that ends within an entry is mended when it is opened. What
 * the trail's log lacks of the changes is with these, in the ledger's log and in the documents.
 */
export async function* createBackup(
  directory: DataDirectory,
  trail: Pick<ChangeTrail, "hold">,
  extraFiles: readonly string[],
): AsyncIterable<Uint8Array> {
  const { path: root, ledger } = directory;
  const checkpoints = await readAll(await listFiles(ledger, (name) => name.startsWith("checkpoint-")));
  const statistics = await readAll(await listFiles(join(ledger, "statistics"), isFinished));
  const { growing, documents } = await takeLogsAndDocuments(directory, trail, extraFiles);
  try {
    const sealed = (await Promise.all(growing.map(({ path }) => listFilesBefore(path)))).flat();
    for (const [path, content] of [...documents, ...checkpoints, ...statistics]) {
      yield encodeTarHeader({ name: relative(root, path), bytes: content.length });
      yield content;
      yield new Uint8Array(tarPadding(content.length));
    }
    for (const { path, file, bytes } of growing) yield* archive(relative(root, path), file, bytes);
    for (const path of sealed) yield* archiveSealed(relative(root, path), path);
    yield tarEnd;
  } finally {
    for (const { file } of growing) await file.close();
  }
}

async function takeLogsAndDocuments(
  { ledger, audit, tokens, keys, users, settings, marker }: DataDirectory,
  trail: Pick<ChangeTrail, "hold">,
  extraFiles: readonly string[],
) {
  const letGo = trail.hold();
  try {
    const growing = [await openLastSegment(audit), await openLastSegment(ledger)];
    return { growing, documents: await readAll([tokens, keys, users, settings, marker, ...extraFiles]) };
  } finally {
    letGo();
  }
}

async function* archive(name: string, file: FileHandle, bytes: number): AsyncIterable<Uint8Array> {
  yield encodeTarHeader({ name, bytes });
  for (let offset = 0; offset < bytes; offset += chunkBytes) {
    yield await readRange(file, offset, Math.min(chunkBytes, bytes - offset));
  }
  yield new Uint8Array(tarPadding(bytes));
}

/** Nothing, when the file has expired meanwhile. */
async function* archiveSealed(name: string, path: string): AsyncIterable<Uint8Array> {
  const file = await open(path, "r").catch((error: unknown) => ignoreMissing(error));
  if (file === null) {
    // It may have been compressed since it was listed.
    if (path.endsWith(".log")) yield* archiveSealed(`${name}z`, `${path}z`);
    return;
  }
  try {
    yield* archive(name, file, (await file.stat()).size);
  } finally {
    await file.close();
  }
}

/** What is appended later is not part of the backup. */
async function openLastSegment(directory: string) {
  const path = (await listFiles(directory, (name) => name.endsWith(".log"))).at(-1) ?? directory;
  const file = await open(path, "r");
  return { path, file, bytes: (await file.stat()).size };
}

/** The earlier segments, and what can be made again from them but not quickly. */
function listFilesBefore(segmentPath: string): Promise<string[]> {
  const segment = Number.parseInt(basename(segmentPath), 10);
  return listFiles(
    dirname(segmentPath),
    (name) => /^\d+\.(logz?|idx|rows)$/.test(name) && Number.parseInt(name, 10) < segment,
  );
}

async function listFiles(directory: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const names = (await readdir(directory)).filter((name) => isFinished(name) && isWanted(name));
  return names.sort().map((name) => join(directory, name));
}

/** Not what is being written beside its place. */
function isFinished(name: string): boolean {
  return !name.endsWith(".tmp");
}

async function readAll(paths: readonly string[]): Promise<(readonly [string, Buffer])[]> {
  const files: (readonly [string, Buffer])[] = [];
  for (const path of paths) {
    const content = await readFile(path).catch((error: unknown) => ignoreMissing(error));
    if (content !== null) files.push([path, content]);
  }
  return files;
}

function ignoreMissing(error: unknown): null {
  if (systemErrorCode(error) === "ENOENT") return null;
  throw error;
}
