import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Clock, GatewayError, type GithubToken, type Log, type Randomness, Secret } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { type OpenedProvider, openProvider } from "@copilot-llm/provider/open";
import type { Stores } from "@copilot-llm/stores";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";
import type { Environment, McpSettings } from "../settings/parse-mcp-settings.js";

const connectMs = 10_000;
const firstByteMs = 300_000;
const idleMs = 300_000;

export interface StandaloneOptions {
  readonly settings: McpSettings;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** A provider of this process's own, with one account. */
export interface Standalone {
  readonly provider: Provider;
  readonly tokenId: string;
  /** Aborts what is under way, ends the SDK runtime and removes the state directory. */
  close(): Promise<void>;
}

/**
 * Opens it without waiting for GitHub. Its state lives in a directory that no other process uses and that goes with it;
 * what a killed process leaves there is encrypted with a key that was in its memory only.
 */
export async function openStandalone(options: StandaloneOptions): Promise<Standalone> {
  const directory = await createDirectory(options.settings.dataDir ?? tmpdir());
  try {
    return await openIn(directory, options);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function createDirectory(root: string): Promise<string> {
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    return await mkdtemp(path.join(root, "copilot-llm-mcp-"));
  } catch (error) {
    throw new GatewayError(
      "unavailable",
      `No directory can be made in ${root}. Set DATA_DIR to one that is writable.`,
      {
        cause: error,
      },
    );
  }
}

async function openIn(directory: string, options: StandaloneOptions): Promise<Standalone> {
  const { settings, clock, randomness, log } = options;
  const stores = await openLowdbStores({
    dataDir: path.join(directory, "data"),
    encryptionKey: new Secret(Buffer.from(randomness.bytes(32)).toString("hex")),
    clock,
    log,
  });
  const token = createToken(settings.githubToken, clock);
  const opened = await openWith(stores, token, directory, options).catch(async (error: unknown) => {
    await stores.close().catch((failure: unknown) => log.error("closing the stores failed", { error: failure }));
    throw error;
  });
  return {
    provider: opened.provider,
    tokenId: token.id,
    async close() {
      await opened.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function openWith(
  stores: Stores,
  token: GithubToken,
  directory: string,
  { settings, environment, clock, randomness, log }: StandaloneOptions,
): Promise<OpenedProvider> {
  await stores.tokens.create(token, null);
  return openProvider({
    ...settings,
    stores,
    stateDir: path.join(directory, "runtime"),
    environment,
    timeouts: { connectMs, firstByteMs, idleMs },
    clock,
    randomness,
    log,
    legacyKey: null,
    recording: "off",
    recordingRetentionDays: 0,
    servesUnrecorded: false,
    maxRequestBytes: 32 * 1024 * 1024,
  });
}

function createToken(secret: Secret | null, clock: Clock): GithubToken {
  return {
    id: "tok_standalone",
    alias: secret === null ? "signed-in user" : "GITHUB_TOKEN",
    kind: secret === null ? "logged_in_user" : "user",
    secret,
    enabled: true,
    createdAtMs: clock.nowMs(),
    login: null,
    plan: null,
    billingEntity: null,
  };
}
