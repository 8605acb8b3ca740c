import type { Upstream } from "@copilot-llm/copilot";
import type { ApiKey, CatalogueModel, Clock, Log, Randomness, RecordingMode, Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import type { Stores } from "@copilot-llm/stores";
import { Accounts } from "./accounts/accounts.js";
import { createAudit } from "./admin/audit.js";
import { KeyAdmin } from "./admin/key-admin.js";
import { SignIn } from "./admin/sign-in.js";
import { TokenAdmin } from "./admin/token-admin.js";
import { createIds, type Ids } from "./ids.js";
import { ModelDirectory } from "./model-directory.js";
import { InteractionIds } from "./serve/interaction-ids.js";
import type { ServeAnswer, ServeCall } from "./serve/serve-call.js";
import type { ServeOptions } from "./serve/serve-options.js";
import { serveRequest } from "./serve/serve-request.js";
import { SettingsCache } from "./settings-cache.js";

export interface ProviderOptions {
  readonly stores: Stores;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** The `API_KEY` setting. */
  readonly legacyKey: Secret | null;
  readonly recording: RecordingMode;
  readonly failoverDeadlineMs: number;
  readonly heartbeatMs: number;
  readonly maxAnswerBytes: number;
}

export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

/** What a gateway or an MCP server calls: the request pipeline and the admin's verbs, over one set of stores. */
export interface Provider {
  readonly ids: Ids;
  readonly signIn: SignIn;
  readonly tokens: TokenAdmin;
  readonly keys: KeyAdmin;
  serve(call: ServeCall): Promise<ServeAnswer>;
  /** The models that a key (or, with null, anyone) may use, by id. */
  listModels(key: ApiKey | null): readonly CatalogueModel[];
  /** One of them by any of its names, or null. */
  findModel(asked: string, key: ApiKey | null): CatalogueModel | null;
  readiness(): Readiness;
  /** Stops background work. Requests under way finish; stores and upstream are the caller's to close. */
  close(): Promise<void>;
}

/** Composes the provider and starts checking the stored tokens in the background; waits for the stores only. */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { stores, upstream, clock, randomness, log } = options;
  const settings = await SettingsCache.open(stores.settings);
  const pool = createPool({ clock, randomness, strategy: settings.current().routingStrategy });
  const accounts = new Accounts({ tokens: stores.tokens, pool, upstream, clock, randomness, log });
  const models = new ModelDirectory(pool);
  const ids = createIds(clock, randomness);
  const audit = createAudit(stores.audit, clock, ids);
  const serveOptions: ServeOptions = {
    stores,
    pool,
    accounts,
    models,
    interactionIds: new InteractionIds(randomness),
    clock,
    randomness,
    log,
    settings: () => settings.current(),
    recording: options.recording,
    failoverDeadlineMs: options.failoverDeadlineMs,
    heartbeatMs: options.heartbeatMs,
    maxAnswerBytes: options.maxAnswerBytes,
  };
  await accounts.open();

  return {
    ids,
    signIn: new SignIn({ stores, clock, ids, randomness, audit, legacyKey: options.legacyKey }),
    tokens: new TokenAdmin({ stores, pool, accounts, clock, ids, audit }),
    keys: new KeyAdmin({ stores, clock, ids, randomness, audit }),
    serve: (call) => serveRequest(serveOptions, call),
    listModels: (key) => models.list(key),
    findModel: (asked, key) => models.find(asked, key, settings.current().modelAliases),
    readiness() {
      const health = stores.health();
      if (!health.ok) return { ready: false, reason: health.reason };
      return pool.canServe() ? { ready: true } : { ready: false, reason: "No GitHub token can serve requests." };
    },
    close: () => accounts.close(),
  };
}
