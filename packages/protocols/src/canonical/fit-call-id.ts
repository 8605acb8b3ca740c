import { createHash } from "node:crypto";

const maxCharacters = 64;

/** A call id that every wire takes: 64 characters of letters, digits, `_`, `-`. The same id always gives the same. */
export function fitCallId(callId: string): string {
  if (callId.length <= maxCharacters && /^[A-Za-z0-9_-]+$/.test(callId)) return callId;
  const digest = createHash("sha256").update(callId).digest("hex").slice(0, 16);
  return `${callId.replace(/[^A-Za-z0-9_-]/g, "_").slice(0, maxCharacters - 17)}_${digest}`;
}
