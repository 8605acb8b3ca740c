import { createHmac } from "node:crypto";

/** The headers by which a receiver knows that the body is ours and new. */
export function signatureHeaders(key: Buffer, id: string, atMs: number, body: string): Record<string, string> {
  const timestamp = Math.floor(atMs / 1_000);
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(timestamp), "webhook-signature": `v1,${signature}` };
}
