import { chmod, copyFile, mkdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Connection, type FilePlace, resolvePaths } from "@copilot-llm/connect";
import { mergeSettings } from "@copilot-llm/connect/merge";
import { GatewayError } from "@copilot-llm/model";
import { createTwoFilesPatch } from "diff";
import type { CommandContext } from "../command-context.js";
import { describeFileFailure } from "../maintenance/describe-file-failure.js";

/** A settings file after `--write`. */
export interface WrittenFile {
  readonly path: string;
  readonly isChanged: boolean;
  /** What the file was; null where there was none, or where nothing changed. */
  readonly copy: string | null;
  /** What changed, with the key hidden; empty when nothing did. */
  readonly difference: string;
  /** Others on the machine may read a file that holds the key. */
  readonly isOpen: boolean;
}

interface PlannedFile {
  readonly path: string;
  readonly existing: string | null;
  readonly merged: string;
  readonly holdsKey: boolean;
}

/** Changes the client's files: all of them can be read and changed, or none is touched. */
export async function writeFiles(
  { places }: Connection,
  key: string,
  context: CommandContext,
): Promise<readonly WrittenFile[]> {
  const files = places.filter((place): place is FilePlace => place.kind === "file" && !place.isAlternative);
  const planned: PlannedFile[] = [];
  for (const place of files) planned.push(await planFile(place, context));
  const written: WrittenFile[] = [];
  for (const file of planned) written.push(await writePlanned(file, key, context.clock.nowMs()));
  return written;
}

/** What a person reads of it. */
export function describeWrittenFile({ path: file, isChanged, copy, difference, isOpen }: WrittenFile): string {
  return [
    isChanged ? `${difference.trimEnd()}\n` : null,
    isChanged ? `${file} is written.` : `${file} has it already.`,
    copy === null ? null : `What it was is kept as ${copy}.`,
    isOpen ? `Others on this machine can read the key in it: chmod 600 ${file}` : null,
    "",
  ]
    .filter((line) => line !== null)
    .join("\n");
}

async function planFile(place: FilePlace, context: CommandContext): Promise<PlannedFile> {
  const candidates = resolvePaths(place, context).map((name) => path.resolve(context.workingDirectory, name));
  for (const candidate of candidates) {
    const existing = await readIfThere(candidate);
    if (existing === null) continue;
    // Many keep their settings elsewhere and link to them: the link stays.
    return { path: await realpath(candidate), existing, merged: merge(candidate, existing, place), ...place };
  }
  const [first = ""] = candidates;
  return { path: first, existing: null, merged: place.text, holdsKey: place.holdsKey };
}

function merge(file: string, existing: string, place: FilePlace): string {
  try {
    return mergeSettings(existing, place);
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    throw new GatewayError(error.code, `${file}: ${error.message} Nothing was written.`, { cause: error });
  }
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw describeFileFailure("read", file, error);
  }
}

async function writePlanned(file: PlannedFile, key: string, nowMs: number): Promise<WrittenFile> {
  const { path: target, existing, merged, holdsKey } = file;
  const isChanged = existing !== merged;
  let copy: string | null = null;
  try {
    if (isChanged) {
      await mkdir(path.dirname(target), { recursive: true });
      if (existing !== null) {
        copy = `${target}.before-copilot-llm-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
        await copyFile(target, copy);
      }
      await replaceFile(target, merged);
    }
    const { mode } = await stat(target);
    return {
      path: target,
      isChanged,
      copy,
      difference: isChanged ? hideKey(differenceOf(target, existing ?? "", merged), key) : "",
      isOpen: holdsKey && (mode & 0o077) !== 0,
    };
  } catch (error) {
    throw describeFileFailure("written", target, error);
  }
}

/** Whole or not at all, with the mode that the file had; a new one is its owner's alone. */
async function replaceFile(target: string, content: string): Promise<void> {
  const mode = await stat(target).then(
    (status) => status.mode & 0o777,
    () => 0o600,
  );
  const draft = `${target}.copilot-llm-draft`;
  try {
    await writeFile(draft, content, { mode: 0o600 });
    await chmod(draft, mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function differenceOf(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(file, file, before, after, undefined, undefined, { context: 2 });
  // Without the lines that name the file once more.
  return patch.slice(patch.indexOf("--- "));
}

/** Terminals are shown around and recorded. */
function hideKey(text: string, key: string): string {
  const preview = key.length > 20 ? `${key.slice(0, 12)}…` : "…";
  return text.replaceAll(key, preview).replaceAll(JSON.stringify(key).slice(1, -1), preview);
}
