import { scrypt } from "node:crypto";

/** One scrypt derivation: what a password's hash costs. */
export interface KeyWork {
  readonly password: string;
  readonly salt: Uint8Array;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
  readonly length: number;
}

export type DeriveKey = (work: KeyWork) => Promise<Uint8Array>;

/** On the threads that the whole process shares with its files: for a command that does nothing else meanwhile. */
export const deriveKey: DeriveKey = ({ password, salt, cost, blockSize, parallelization, length }) =>
  new Promise((resolve, reject) => {
    const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
    scrypt(password, salt, length, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
