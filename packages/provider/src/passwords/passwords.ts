import { timingSafeEqual } from "node:crypto";
import type { Randomness } from "@copilot-llm/model";
import { type DeriveKey, deriveKey } from "./derive-key.js";

/** 2^15 blocks of 8: some 32 MiB and 60 ms a guess. */
const current = { cost: 2 ** 15, blockSize: 8, parallelization: 1, length: 32 } as const;
const saltBytes = 16;

/** Hashes a password as `scrypt$N$r$p$salt$hash`, so that the parameters can rise later. */
export async function hashPassword(
  password: string,
  randomness: Randomness,
  derive: DeriveKey = deriveKey,
): Promise<string> {
  const salt = randomness.bytes(saltBytes);
  const key = await derive({ ...current, password: password.normalize("NFKC"), salt });
  const { cost, blockSize, parallelization } = current;
  return ["scrypt", cost, blockSize, parallelization, encodeBytes(salt), encodeBytes(key)].join("$");
}

/** Whether the password has this hash; compares in constant time. A hash of another form never matches. */
export async function isPassword(
  password: string,
  passwordHash: string,
  derive: DeriveKey = deriveKey,
): Promise<boolean> {
  const [scheme, cost, blockSize, parallelization, salt, hash] = passwordHash.split("$");
  if (scheme !== "scrypt" || salt === undefined || hash === undefined || hash === "") return false;
  const expected = Buffer.from(hash, "base64");
  const actual = await derive({
    password: password.normalize("NFKC"),
    salt: Buffer.from(salt, "base64"),
    cost: Number(cost),
    blockSize: Number(blockSize),
    parallelization: Number(parallelization),
    length: expected.length,
  });
  return timingSafeEqual(actual, expected);
}

function encodeBytes(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
