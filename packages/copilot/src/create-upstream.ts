import type { Clock, Log, Randomness, Secret } from "@copilot-llm/model";
import { createAccount } from "./account/create-account.js";
import { createAccountSession } from "./control-plane/account-session.js";
import type { Channel } from "./control-plane/channel.js";
import type { Environment } from "./control-plane/create-sdk-client.js";
import { createDeviceFlow } from "./control-plane/device-flow.js";
import { createEndpointCache } from "./control-plane/endpoint-cache.js";
import { createInstallationChannel } from "./control-plane/installation-channel.js";
import { mintInstallationToken } from "./control-plane/mint-installation-token.js";
import { type AuthInfo, readAuthInfo } from "./control-plane/read-auth-info.js";
import { RuntimeGroup } from "./control-plane/runtime-group.js";
import { createSessionChannel } from "./control-plane/session-channel.js";
import { limitTime } from "./control-plane/time-limit.js";
import { createHttpClient, type HttpTimeouts } from "./data-plane/http-client.js";
import type { AccountCredential, Upstream } from "./upstream.js";

const defaultGithubApiUrl = "https://api.github.com";
const defaultCatalogueMaxAgeMs = 10 * 60_000;
const defaultControlMs = 30_000;
const closeLimitMs = 1000;

export interface UpstreamTimeouts extends HttpTimeouts {
  /** For one call of the control plane; 30 s when left out. */
  readonly controlMs?: number;
}

export interface UpstreamOptions {
  /** Holds what the runtimes write. Belongs to one process at a time; no secret is kept there. */
  readonly stateDir: string;
  /** Overrides where Copilot is; otherwise GitHub says it for each account. */
  readonly copilotApiUrl?: string | undefined;
  readonly githubApiUrl?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  /** PEM file of certificates trusted besides the built-in ones. */
  readonly extraCaCertsFile?: string | undefined;
  /** The host's environment: the runtimes get `PATH` of it, that of a signed-in user also where logins are found. */
  readonly environment: Environment;
  readonly timeouts: UpstreamTimeouts;
  /** Ten minutes when left out. */
  readonly catalogueMaxAgeMs?: number | undefined;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** GitHub Copilot. No I/O before the first call on an account. Throws when the CA file cannot be read. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const { clock, randomness, log, timeouts } = options;
  const callLimitMs = timeouts.controlMs ?? defaultControlMs;
  const httpClient = createHttpClient(options);
  const githubApiUrl = options.githubApiUrl ?? defaultGithubApiUrl;
  const runtimes = new RuntimeGroup({ ...options, callLimitMs });
  const users = runtimes.add("users", { kind: "none" });
  const loggedInUser = runtimes.add("logged-in-user", { kind: "logged_in_user" });
  const loggedInSession = createAccountSession(loggedInUser, null);

  /** The runtime of all users tells nothing of tokens that sessions bring: one signed in as the account does, for a moment. */
  const readAuthInfoOf = async (token: Secret): Promise<AuthInfo | undefined> => {
    const runtime = runtimes.add("billing", { kind: "token", token });
    try {
      return await runtime.use(readAuthInfo);
    } finally {
      await runtime.stop("at-once");
    }
  };

  const openChannel = (credential: AccountCredential): Channel => {
    if (credential.kind === "user") {
      const { token } = credential;
      return createSessionChannel(createAccountSession(users, token), () => readAuthInfoOf(token));
    }
    if (credential.kind === "logged_in_user") {
      return createSessionChannel(loggedInSession, () => loggedInUser.use(readAuthInfo));
    }
    return createInstallationChannel({
      mintToken: () =>
        mintInstallationToken({
          credential,
          httpClient,
          githubApiUrl,
          callLimitMs,
          clock,
        }),
      createRuntime: (token: Secret) => runtimes.add("installation", { kind: "token", token }),
      clock,
      randomness,
      log,
    });
  };

  return {
    deviceFlow: createDeviceFlow({ httpClient, githubApiUrl, callLimitMs, clock }),
    openAccount(credential) {
      const channel = openChannel(credential);
      return createAccount({
        channel,
        endpoints: createEndpointCache({ channel, clock, randomness, log }),
        httpClient,
        fallbackLogin:
          credential.kind === "app_installation" ? `app-installation-${credential.installationId}` : "unknown",
        warning: warnOf(credential),
        catalogueMaxAgeMs: options.catalogueMaxAgeMs ?? defaultCatalogueMaxAgeMs,
        callLimitMs,
        clock,
        log,
      });
    },
    get runtimesLost() {
      return runtimes.lost;
    },
    async close() {
      // Its state is in the user's own Copilot home, which outlives us.
      await limitTime(clock, closeLimitMs, loggedInSession.release()).catch(() => undefined);
      await Promise.all([httpClient.close(), runtimes.stop()]);
    },
  };
}

function warnOf(credential: AccountCredential): string | null {
  return credential.kind === "user" && credential.token.reveal().startsWith("ghp_")
    ? "Classic personal access tokens (ghp_) are deprecated for Copilot: use a fine-grained token with the Copilot Requests permission."
    : null;
}
