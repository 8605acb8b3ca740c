import type { SessionContext } from "./account-session.js";
import type { AuthInfo } from "./read-auth-info.js";

/** An account's way to the SDK, whatever its kind. */
export interface Channel {
  /** Runs `operation` on a live, signed-in session. */
  use<Value>(operation: (context: SessionContext) => Promise<Value>): Promise<Value>;
  /** What the runtime knows of who is signed in, as the SDK gives it. It may cost a process of its own: to be asked rarely. */
  readAuthInfo(): Promise<AuthInfo | undefined>;
  /** The credential was refused: the next `use` starts from a new session, and a new credential where there is one to get. */
  discard(): void;
  /** When credentials handed out from now on end; null when not by themselves. */
  expiresAtMs(): number | null;
  /** Lets go of the session, and of a runtime of its own. Never rejects. */
  close(): Promise<void>;
}
