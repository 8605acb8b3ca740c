import type { KeyLimits } from "./api-key.js";

/** Keys that share limits. Each key's own limits hold as well. */
export interface Team {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** Of all keys of the team together. */
  readonly limits: KeyLimits;
}
