import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import * as z from "zod";
import { writeFileDurably } from "../directory/durable-file.js";
import { createUnknownVersion, systemErrorCode } from "../failure/store-failure.js";

/** For files that software alone writes and reads: a line with the CRC, then a line of JSON. */
export function encodeCheckedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json)}\n${json}\n`;
}

export function writeCheckedJson(path: string, value: unknown): Promise<void> {
  return writeFileDurably(path, encodeCheckedJson(value));
}

const versionedSchema = z.looseObject({ version: z.int() });

/**
 * Null when the file is missing, damaged, or in a form that the schema does not have. Refuses what a newer version
 * wrote: the log alone may not be enough to make it again.
 */
export async function readCheckedJson<Value>(
  path: string,
  schema: z.ZodType<Value>,
  knownVersion: number,
): Promise<Value | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return "";
    throw error;
  });
  const [crc, json] = text.split("\n");
  if (json === undefined || Number(crc) !== crc32(json)) return null;
  const value: unknown = JSON.parse(json);
  const { data: versioned } = versionedSchema.safeParse(value);
  if (versioned !== undefined && versioned.version > knownVersion) {
    throw createUnknownVersion(path, versioned.version, knownVersion);
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : null;
}
