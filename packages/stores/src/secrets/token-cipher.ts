import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { Secret } from "@copilot-llm/model";

/** Encrypts secrets at rest. What it gives out can be stored anywhere; without the key it says nothing. */
export interface TokenCipher {
  /** Tells keys apart without revealing them; stored beside what they encrypted. */
  readonly keyId: string;
  /** AES-256-GCM with an IV of its own, bound to `tokenId`: moved to another token it does not open. */
  seal(tokenId: string, secret: Secret): string;
  /** Throws when the text was damaged, moved, or sealed with another key. */
  open(tokenId: string, sealed: string): Secret;
  /** The same for the same secret, under one key: finds duplicates without knowing the secret. */
  fingerprint(secret: Secret): string;
}

const scheme = "v1";
const ivBytes = 12;
const tagBytes = 16;

/** `key` is 32 bytes. */
export function createTokenCipher(key: Uint8Array): TokenCipher {
  const encryptionKey = deriveKey(key, "token encryption");
  const fingerprintKey = deriveKey(key, "secret fingerprint");
  return {
    keyId: deriveKey(key, "key id").toString("hex").slice(0, 16),
    seal(tokenId, secret) {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv("aes-256-gcm", encryptionKey, iv).setAAD(Buffer.from(tokenId));
      const sealed = Buffer.concat([iv, cipher.update(secret.reveal(), "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${scheme}.${sealed.toString("base64")}`;
    },
    open(tokenId, sealed) {
      const [prefix, encoded] = sealed.split(".");
      const bytes = Buffer.from(encoded ?? "", "base64");
      if (prefix !== scheme || bytes.length < ivBytes + tagBytes)
        throw new Error("an encrypted value has no known form");
      const decipher = createDecipheriv("aes-256-gcm", encryptionKey, bytes.subarray(0, ivBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(Buffer.from(tokenId)).setAuthTag(bytes.subarray(-tagBytes));
      try {
        return new Secret(
          decipher.update(bytes.subarray(ivBytes, -tagBytes), undefined, "utf8") + decipher.final("utf8"),
        );
      } catch {
        throw new Error("an encrypted value was changed");
      }
    },
    fingerprint(secret) {
      return createHmac("sha256", fingerprintKey).update(secret.reveal()).digest("base64url");
    },
  };
}

function deriveKey(key: Uint8Array, purpose: string): Buffer {
  return createHmac("sha256", key).update(purpose).digest();
}
