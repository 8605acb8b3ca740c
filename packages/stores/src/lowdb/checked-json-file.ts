import { readFile } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type * as z from "zod";
import { writeFileDurably } from "./durable-file.js";
import { systemErrorCode } from "./store-failure.js";

/** For files that software alone writes and reads: a line with the CRC, then a line of JSON. */
export function encodeCheckedJson(value: unknown): string {
  const json = JSON.stringify(value);
  return `${crc32(json)}\n${json}\n`;
}

export function writeCheckedJson(path: string, value: unknown): Promise<void> {
  return writeFileDurably(path, encodeCheckedJson(value));
}

/** Null when the file is missing, damaged, or of another version than the schema's. */
export async function readCheckedJson<Value>(path: string, schema: z.ZodType<Value>): Promise<Value | null> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (systemErrorCode(error) === "ENOENT") return "";
    throw error;
  });
  const [crc, json] = text.split("\n");
  if (json === undefined || Number(crc) !== crc32(json)) return null;
  const parsed = schema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}
