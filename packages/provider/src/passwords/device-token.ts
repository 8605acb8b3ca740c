import { createHmac, timingSafeEqual } from "node:crypto";
import { type Randomness, Secret, type User } from "@copilot-llm/model";
import { randomBase62 } from "../identity/random-text.js";

const idCharacters = 16;
const form = /^([A-Za-z0-9]{16})\.([\w-]{43})$/;

/**
 * What a browser keeps of a sign-in that was right: it says "this user has signed in here before", opens nothing, and
 * cannot be made without the user's password hash. A new password makes it worthless.
 */
export function createDeviceToken(user: User, randomness: Randomness): Secret {
  const id = randomBase62(randomness, idCharacters);
  return new Secret(`${id}.${sign(user, id).toString("base64url")}`);
}

/** The device's id, where the token was given for this user; null otherwise. */
export function deviceOf(token: Secret, user: User): string | null {
  const [, id, signature] = form.exec(token.reveal()) ?? [];
  if (id === undefined || signature === undefined) return null;
  return timingSafeEqual(sign(user, id), Buffer.from(signature, "base64url")) ? id : null;
}

function sign({ id: userId, passwordHash }: User, id: string): Buffer {
  return createHmac("sha256", passwordHash).update(`device ${userId} ${id}`).digest();
}
