import type { Secret } from "@copilot-llm/model";

const secretPrefix = "whsec_";

/** The key behind a Standard Webhooks secret: `whsec_` and 24 to 64 bytes in base64. Null for anything else. */
export function parseWebhookSecret(secret: Secret): Buffer | null {
  const text = secret.reveal();
  if (!text.startsWith(secretPrefix)) return null;
  const encoded = text.slice(secretPrefix.length);
  const key = Buffer.from(encoded, "base64");
  const isWhole = key.toString("base64").replace(/=+$/, "") === encoded.replace(/=+$/, "");
  return isWhole && key.length >= 24 && key.length <= 64 ? key : null;
}
