import type { Clock, Log, Randomness, Secret } from "@copilot-llm/model";
import { type AccountSession, createAccountSession } from "./account-session.js";
import type { Channel } from "./channel.js";
import type { InstallationToken } from "./mint-installation-token.js";
import { readAuthInfo } from "./read-auth-info.js";
import type { Runtime } from "./runtime.js";

/** Renewed this long before the end, and up to half of it earlier still, so that several do not renew at once. */
const renewalMarginMs = 5 * 60_000;
const retryRenewalMs = 30_000;

export interface InstallationChannelOptions {
  readonly mintToken: () => Promise<InstallationToken>;
  /** A runtime whose process is signed in with the token. */
  readonly createRuntime: (token: Secret) => Runtime;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

interface Held {
  readonly runtime: Runtime;
  readonly session: AccountSession;
  readonly expiresAtMs: number;
  renewAtMs: number;
}

/**
 * A GitHub App installation: the SDK takes its token from the environment of a runtime of its own only, so every new token
 * means a new runtime, which is up before the old one stops. An unexpired token serves while it is being renewed, and nobody
 * waits for that.
 */
export function createInstallationChannel(options: InstallationChannelOptions): Channel {
  const { mintToken, createRuntime, clock, randomness, log } = options;
  let held: Held | null = null;
  let opening: Promise<Held> | null = null;
  let isRefused = false;
  let isClosed = false;

  const open = async (): Promise<Held> => {
    const { token, expiresAtMs } = await mintToken();
    const runtime = createRuntime(token);
    const session = createAccountSession(runtime, null);
    try {
      await session.use(() => Promise.resolve());
      if (isClosed) throw new Error("the account was closed");
    } catch (error) {
      await runtime.stop("at-once");
      throw error;
    }
    const previous = held;
    const renewAtMs = expiresAtMs - renewalMarginMs * (1 + randomness.next() / 2);
    held = { runtime, session, expiresAtMs, renewAtMs };
    isRefused = false;
    if (previous !== null) void previous.runtime.stop("after-calls");
    return held;
  };

  const renew = (): Promise<Held> => {
    opening ??= open().finally(() => {
      opening = null;
    });
    return opening;
  };

  const acquire = async (): Promise<Held> => {
    const nowMs = clock.nowMs();
    if (held === null || isRefused || nowMs >= held.expiresAtMs) return renew();
    if (nowMs >= held.renewAtMs) renewInBackground(held);
    return held;
  };

  const renewInBackground = (present: Held): void => {
    const waitForNext = (): void => {
      present.renewAtMs = clock.nowMs() + retryRenewalMs;
    };
    waitForNext();
    renew().catch(() => {
      waitForNext();
      log.warn("installation token renewal failed; the present one goes on");
    });
  };

  return {
    use: async (operation) => (await acquire()).session.use(operation),
    readAuthInfo: async () => (await acquire()).runtime.use(readAuthInfo),
    discard() {
      isRefused = true;
    },
    expiresAtMs: () => held?.expiresAtMs ?? null,
    async close() {
      isClosed = true;
      await opening?.catch(() => undefined);
      await held?.runtime.stop("after-calls");
      held = null;
    },
  };
}
