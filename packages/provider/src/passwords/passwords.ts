import { scrypt, timingSafeEqual } from "node:crypto";
import type { Randomness } from "@copilot-llm/model";

/** 2^15 blocks of 8: some 32 MiB and 60 ms a guess. */
const cost = 2 ** 15;
const blockSize = 8;
const parallelization = 1;
const saltBytes = 16;
const hashBytes = 32;

function derive(password: string, salt: Uint8Array, n: number, r: number, p: number, length: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * n * r;
    scrypt(password.normalize("NFKC"), salt, length, { N: n, r, p, maxmem }, (error, hash) =>
      error === null ? resolve(hash) : reject(error),
    );
  });
}

/** Hashes a password as `scrypt$N$r$p$salt$hash`, so that the parameters can rise later. */
export async function hashPassword(password: string, randomness: Randomness): Promise<string> {
  const salt = randomness.bytes(saltBytes);
  const hash = await derive(password, salt, cost, blockSize, parallelization, hashBytes);
  return [
    "scrypt",
    cost,
    blockSize,
    parallelization,
    Buffer.from(salt).toString("base64"),
    hash.toString("base64"),
  ].join("$");
}

/** Whether the password has this hash; compares in constant time. A hash of another form never matches. */
export async function isPassword(password: string, passwordHash: string): Promise<boolean> {
  const [scheme, n, r, p, salt, hash] = passwordHash.split("$");
  if (scheme !== "scrypt" || salt === undefined || hash === undefined || hash === "") return false;
  const expected = Buffer.from(hash, "base64");
  const saltValue = Buffer.from(salt, "base64");
  const actual = await derive(password, saltValue, Number(n), Number(r), Number(p), expected.length);
  return timingSafeEqual(actual, expected);
}
