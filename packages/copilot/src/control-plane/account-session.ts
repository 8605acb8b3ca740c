import type { Secret } from "@copilot-llm/model";
import type { CopilotClient, CopilotSession } from "@github/copilot-sdk";
import type { Runtime } from "./runtime.js";

/** What a control-plane operation works with. */
export interface SessionContext {
  readonly client: CopilotClient;
  readonly session: CopilotSession;
  /** Selects the account in calls that need no session. */
  readonly account: { readonly gitHubToken?: string };
}

/** One account's session in a runtime: made on demand, and made anew when the runtime died or dropped it. */
export interface AccountSession {
  /** Single-flight as to the making of the session. */
  use<Value>(operation: (context: SessionContext) => Promise<Value>): Promise<Value>;
  /**
   * Forgets the session, so that the next `use` signs in anew. Resolves once the runtime has deleted what it kept of it, which
   * a runtime that hangs never does; never rejects.
   */
  release(): Promise<void>;
}

interface HeldSession {
  readonly client: CopilotClient;
  readonly session: Promise<CopilotSession>;
}

/** `token` is null where the runtime itself is signed in. */
export function createAccountSession(runtime: Runtime, token: Secret | null): AccountSession {
  let held: HeldSession | null = null;

  const open = (client: CopilotClient): HeldSession => {
    const session = client.createSession({
      ...(token === null ? {} : { gitHubToken: token.reveal() }),
      availableTools: [],
      enableSessionTelemetry: false,
      enableConfigDiscovery: false,
      infiniteSessions: { enabled: false },
    });
    return { client, session };
  };

  const runOn = async <Value>(
    client: CopilotClient,
    operation: (context: SessionContext) => Promise<Value>,
  ): Promise<Value> => {
    if (held?.client !== client) held = open(client);
    const own = held;
    try {
      const session = await own.session;
      return await operation({ client, session, account: token === null ? {} : { gitHubToken: token.reveal() } });
    } catch (error) {
      const isUnusable = isSessionGone(error) || (await isRejected(own.session));
      if (isUnusable && held === own) held = null;
      throw error;
    }
  };

  return {
    use: (operation) =>
      runtime.use((client) =>
        runOn(client, operation).catch((error: unknown) => {
          if (!isSessionGone(error)) throw error;
          return runOn(client, operation);
        }),
      ),
    async release() {
      const dropped = held;
      held = null;
      if (dropped !== null) await deleteSession(dropped);
    },
  };
}

function isSessionGone(error: unknown): boolean {
  return error instanceof Error && /session not found/i.test(error.message);
}

function isRejected(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}

async function deleteSession({ client, session }: HeldSession): Promise<void> {
  try {
    const opened = await session;
    await opened.disconnect();
    await client.deleteSession(opened.sessionId);
  } catch {
    // Its runtime is gone, and its state directory is emptied when the next one starts.
  }
}
