import type { AccountSession } from "./account-session.js";
import type { Channel } from "./channel.js";

/** A user's own token, or the signed-in user: one session in a runtime that someone else owns. */
export function createSessionChannel(session: AccountSession, readAuthInfo: Channel["readAuthInfo"]): Channel {
  return {
    use: session.use,
    readAuthInfo,
    discard: () => void session.release(),
    expiresAtMs: () => null,
    close: async () => void session.release(),
  };
}
