import { createHash } from "node:crypto";

const maxCharacters = 64;

/**
 * A pseudonym as OpenAI's wires take it, at most 64 characters: a longer one, like Claude Code's JSON, becomes its
 * SHA-256. The same one always gives the same.
 */
export function fitIdentifier(identifier: string | null): string | null {
  if (identifier === null || identifier.length <= maxCharacters) return identifier;
  return createHash("sha256").update(identifier).digest("hex");
}
