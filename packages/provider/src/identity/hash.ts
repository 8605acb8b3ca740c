import { hash } from "node:crypto";

/** Hex SHA-256 of a text; how keys, session tokens and setup codes are stored and looked up. */
export function sha256Hex(text: string): string {
  return hash("sha256", text);
}
