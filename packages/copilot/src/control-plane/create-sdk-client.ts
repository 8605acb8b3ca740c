import type { Secret } from "@copilot-llm/model";
import { CopilotClient, RuntimeConnection } from "@github/copilot-sdk";
import { RuntimeLostError } from "./control-failure.js";

/** Never more than these (docs/copilot-service.md#runtime-environment). */
const passedOn = ["PATH", "SystemRoot", "TMPDIR", "TEMP"] as const;
/** What finding the login of the Copilot CLI or `gh` takes besides, in a file or in the desktop's keychain. */
const passedOnForLogin = [
  "HOME",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "COPILOT_HOME",
  "GH_CONFIG_DIR",
  "XDG_CONFIG_HOME",
  "XDG_STATE_HOME",
  "XDG_RUNTIME_DIR",
  "DBUS_SESSION_BUS_ADDRESS",
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

export interface RuntimeSettings {
  /** The host's environment, of which only a few variables are passed on. */
  readonly environment: Environment;
  readonly copilotApiUrl?: string | undefined;
  readonly githubApiUrl?: string | undefined;
  readonly httpsProxy?: string | undefined;
  readonly noProxy?: string | undefined;
  readonly extraCaCertsFile?: string | undefined;
}

/** Who the process itself is: nobody (sessions bring tokens), a token's account, or the machine's signed-in user. */
export type RuntimeIdentity =
  | { readonly kind: "none" }
  | { readonly kind: "token"; readonly token: Secret }
  | { readonly kind: "logged_in_user" };

/**
 * A client for one runtime process, not started. `directory` is its working directory and, but for a signed-in user,
 * its home.
 */
export function createSdkClient(
  directory: string,
  identity: RuntimeIdentity,
  settings: RuntimeSettings,
): CopilotClient {
  const isLogin = identity.kind === "logged_in_user";
  const env = compact({
    ...pick(settings.environment, passedOn),
    ...(isLogin ? pick(settings.environment, passedOnForLogin) : { HOME: directory }),
    COPILOT_ALLOW_GET_PROVIDER_ENDPOINT: "true",
    COPILOT_API_URL: settings.copilotApiUrl,
    COPILOT_DEBUG_GITHUB_API_URL: settings.githubApiUrl,
    COPILOT_GITHUB_TOKEN: identity.kind === "token" ? identity.token.reveal() : undefined,
    HTTPS_PROXY: settings.httpsProxy,
    NO_PROXY: settings.noProxy,
    NODE_EXTRA_CA_CERTS: settings.extraCaCertsFile,
  });
  return new SingleProcessClient({
    // `empty` is the SDK's mode for servers. It hides the keychain, where a signed-in user's login may be.
    ...(isLogin ? { mode: "copilot-cli" } : { mode: "empty", baseDirectory: directory }),
    // The runtime reads COPILOT_GITHUB_TOKEN as part of finding a login.
    useLoggedInUser: identity.kind !== "none",
    workingDirectory: directory,
    logLevel: "error",
    connection: RuntimeConnection.forStdio({ env }),
  });
}

/**
 * The SDK's client starts a process anew by itself when a session is asked of it after its end. The runtime's owner
 * would know nothing of that process, so here a client has one process and then is lost.
 */
class SingleProcessClient extends CopilotClient {
  #hasStarted = false;

  override async start(): Promise<void> {
    if (this.#hasStarted) throw new RuntimeLostError("this client's process has ended");
    this.#hasStarted = true;
    await super.start();
  }
}

function pick(environment: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(names.map((name) => [name, environment[name]]));
}

function compact(environment: Environment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
}
