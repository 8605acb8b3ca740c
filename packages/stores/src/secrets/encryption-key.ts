import { randomBytes, scrypt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Secret } from "@copilot-llm/model";
import { writeFileDurably } from "../directory/durable-file.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../failure/store-failure.js";

const keyBytes = 32;
const minPassphraseCharacters = 8;
const fileName = "encryption.key";

/**
 * The 32 bytes that `ENCRYPTION_KEY` stands for: 64 hex digits or base64 of 32 bytes as they are, any other text of 8
 * characters or more as a passphrase (scrypt, N=2^15, fixed salt: gateways that share a database must agree).
 */
export async function parseEncryptionKey(text: Secret): Promise<Uint8Array> {
  const value = text.reveal().trim();
  if (/^[0-9a-f]{64}$/i.test(value)) return Buffer.from(value, "hex");
  if (/^[A-Za-z0-9+/_-]{43}=?$/.test(value)) return Buffer.from(value, "base64");
  if (value.length < minPassphraseCharacters) {
    throw createStoreFailure(
      `ENCRYPTION_KEY is too short: give 32 bytes as hex or base64, or a passphrase of ${minPassphraseCharacters} characters or more.`,
    );
  }
  return deriveFromPassphrase(value, "copilot-llm encryption key", keyBytes, { N: 2 ** 15, maxmem: 2 ** 26 });
}

const deriveFromPassphrase = promisify<string, string, number, { N: number; maxmem: number }, Buffer>(scrypt);

/**
 * The key in `encryption.key` of the data directory. Where there is none, one is generated (mode 0600), but only while
 * `mayCreate`: a lost key must not be replaced behind the back of tokens that need it.
 */
export async function loadOrCreateEncryptionKey(dataDir: string, mayCreate: boolean): Promise<Uint8Array> {
  const path = encryptionKeyPath(dataDir);
  const stored = await readKeyFile(path);
  if (stored !== null) return stored;
  if (!mayCreate) {
    throw createStoreFailure(
      `${path} is missing, and stored tokens are encrypted with it: put it back (or set ENCRYPTION_KEY to its content).`,
    );
  }
  const bytes = randomBytes(keyBytes);
  await writeFileDurably(path, `${bytes.toString("base64")}\n`);
  return bytes;
}

export function encryptionKeyPath(dataDir: string): string {
  return join(dataDir, fileName);
}

async function readKeyFile(path: string): Promise<Uint8Array | null> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw createStoreFailure(`Cannot read ${path}: ${describeSystemError(error)}.`, error);
  }
  const bytes = Buffer.from(text.trim(), "base64");
  if (bytes.length !== keyBytes) {
    throw createStoreFailure(`${path} is damaged (it holds no 32 bytes in base64): restore it from a backup.`);
  }
  return bytes;
}
