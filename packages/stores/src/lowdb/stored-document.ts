import { readFile } from "node:fs/promises";
import * as z from "zod";
import { writeFileDurably } from "../directory/durable-file.js";
import {
  createStoreFailure,
  createUnknownVersion,
  describeSystemError,
  systemErrorCode,
} from "../failure/store-failure.js";
import { currentVersion, type DocumentFormat } from "./migrations/document-migration.js";

export interface StoredDocument<Stored> {
  /** As the current version writes it. */
  readonly stored: Stored;
  /** In which it lies on disk, and the text there. */
  readonly version: number;
  readonly text: string;
}

/**
 * What the file holds, brought forward in memory where an earlier version wrote it; null where there is none. Refuses
 * what is damaged, and what a newer version wrote.
 */
export async function readStoredDocument<Stored>(
  path: string,
  format: DocumentFormat<Stored>,
): Promise<StoredDocument<Stored> | null> {
  const { schema, migrations } = format;
  const text = await readIfPresent(path);
  if (text === null) return null;
  const { version, ...content } = parseVersioned(path, text);
  const current = currentVersion(format);
  if (version > current) throw createUnknownVersion(path, version, current);
  try {
    const stored = migrations.slice(version - 1).reduce<unknown>((earlier, migrate) => migrate(earlier), content);
    return { stored: schema.parse(stored), version, text };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw createDamage(path, describeIssue(error));
  }
}

/** Replaces the file as a whole, in the current version. */
export function writeStoredDocument<Stored extends object>(
  path: string,
  format: DocumentFormat<Stored>,
  stored: Stored,
): Promise<void> {
  return writeText(path, `${JSON.stringify({ version: currentVersion(format), ...stored }, null, 1)}\n`);
}

/**
 * Replaces a document of an earlier version by what the current one writes, and keeps the earlier file beside it, for
 * a way back. At any moment, whatever is killed, the document is whole in the one version or the other.
 */
export async function upgradeDocument<Stored extends object>(
  path: string,
  format: DocumentFormat<Stored>,
): Promise<void> {
  const document = await readStoredDocument(path, format);
  if (document === null || document.version === currentVersion(format)) return;
  await writeText(keptDocumentPath(path, document.version), document.text);
  await writeStoredDocument(path, format, document.stored);
}

/** `keys.json` of version 1 is kept as `keys.v1.json`. */
function keptDocumentPath(path: string, version: number): string {
  return path.replace(/\.json$/, `.v${version}.json`);
}

/** The one line that refuses a damaged document. `reason` must not quote what is in it. */
export function createDamage(path: string, reason: string) {
  return createStoreFailure(
    `${path} is damaged (${reason}): restore it from a backup. It has been left as it is, and nothing starts without it.`,
  );
}

async function writeText(path: string, text: string): Promise<void> {
  try {
    await writeFileDurably(path, text);
  } catch (error) {
    throw createStoreFailure(`Cannot write ${path}: ${describeSystemError(error)}.`, error);
  }
}

async function readIfPresent(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw createStoreFailure(`Cannot read ${path}: ${describeSystemError(error)}.`, error);
  }
}

const versionedSchema = z.looseObject({ version: z.int().min(1) });

function parseVersioned(path: string, text: string): z.infer<typeof versionedSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's message would quote the content.
    throw createDamage(path, text.trim() === "" ? "it is empty" : "it is not valid JSON");
  }
  const result = versionedSchema.safeParse(value);
  if (!result.success) throw createDamage(path, "it names no version");
  return result.data;
}

/** Names the place and the kind of the first mistake, never the value found there. */
function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? "unknown shape" : `${issue.path.join(".") || "the top level"}: ${issue.code}`;
}
