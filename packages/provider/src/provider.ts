import type { Upstream } from "@copilot-llm/copilot";
import {
  type ApiKey,
  type CatalogueModel,
  type Clock,
  LatestMap,
  type Log,
  type Randomness,
  type RecordingMode,
  type RequestRecord,
  type Secret,
} from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import type { AuditStore, Statistics, StatisticsReport, Stores } from "@copilot-llm/stores";
import { Accounts } from "./accounts/accounts.js";
import { PoolSharing } from "./accounts/pool-sharing.js";
import { SuspectSeats } from "./accounts/suspect-seats.js";
import { actAsKey } from "./admin/act-as-key.js";
import { type Audit, createAudit } from "./admin/audit.js";
import { type ClaimAlert, createClaimAlert } from "./admin/claim-alert.js";
import { DeviceSignIns } from "./admin/device-sign-ins.js";
import { KeyAdmin } from "./admin/key-admin.js";
import { createOverview, type Overview } from "./admin/overview.js";
import { type AuditPage, type AuditQuery, searchAudit } from "./admin/search-audit.js";
import { SettingsAdmin } from "./admin/settings-admin.js";
import { SignIn } from "./admin/sign-in.js";
import { TokenAdmin } from "./admin/token-admin.js";
import { UserAdmin } from "./admin/user-admin.js";
import type { BatchItemOutcome } from "./batches/batch-runner.js";
import { type Batches, createBatches } from "./batches/create-batches.js";
import { KeyStateWatch } from "./changes/key-state-watch.js";
import { LiveEvents } from "./changes/live-events.js";
import { publishChanges } from "./changes/publish-changes.js";
import { SettingsCache } from "./changes/settings-cache.js";
import { createIds, type Ids } from "./identity/ids.js";
import type { Principal } from "./identity/principal.js";
import { randomBase62 } from "./identity/random-text.js";
import { ModelDirectory } from "./models/model-directory.js";
import { HashingThread } from "./passwords/hashing-thread.js";
import { PasswordHasher } from "./passwords/password-hasher.js";
import { QuotaWatch } from "./quota/quota-watch.js";
import { InviteAdmin } from "./seats/invite-admin.js";
import { Seats } from "./seats/seats.js";
import { createServe } from "./serve/create-serve.js";
import { publishStarts } from "./serve/publish-starts.js";
import type { RequestWatch } from "./serve/request-watch.js";
import type { ServeAnswer, ServeCall } from "./serve/serve-call.js";
import { RecordedRequests } from "./sessions/recorded-requests.js";
import { Retention } from "./sessions/retention.js";
import { SessionAdmin } from "./sessions/session-admin.js";
import { SessionTitles } from "./sessions/session-titles.js";
import { SessionTurns } from "./sessions/session-turns.js";
import { TeamAdmin } from "./teams/team-admin.js";
import { TeamDirectory } from "./teams/team-directory.js";
import { reportByTeam, type TeamStatisticsQuery } from "./teams/team-statistics.js";

const runIdCharacters = 8;
/** Keys whose last client is remembered. */
const maxClients = 10_000;

export interface ProviderOptions {
  readonly stores: Stores;
  readonly upstream: Upstream;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
  /** The `API_KEY` setting. */
  readonly legacyKey: Secret | null;
  /** The `GITHUB_OAUTH_CLIENT_ID` setting; without one there is no device flow. */
  readonly deviceFlowClientId?: string | null;
  readonly recording: RecordingMode;
  /** What `Settings.recordingRetentionDays` falls back to. */
  readonly recordingRetentionDays: number;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
  readonly failoverDeadlineMs: number;
  readonly heartbeatMs: number;
  readonly maxAnswerBytes: number;
  /** A request of a batch may be as large as one that comes by itself. */
  readonly maxRequestBytes: number;
  /** Hears of every try at an item of a batch, once. Must neither throw nor wait. */
  readonly onBatchItem?: (outcome: BatchItemOutcome) => void;
  /** Hears of every request once, when it has ended, recorded or not. Must neither throw nor wait. */
  readonly onRequestEnd?: (record: RequestRecord) => void;
  /** Asked once for each request: who follows it, for a trace. Must neither throw nor wait. */
  readonly watchRequest?: (call: ServeCall) => RequestWatch | null;
}

/** What a gateway or an MCP server calls: the request pipeline and the admin's verbs, over one set of stores. */
export interface Provider extends Overview {
  readonly ids: Ids;
  readonly signIn: SignIn;
  readonly tokens: TokenAdmin;
  readonly deviceSignIns: DeviceSignIns;
  /** For whoever tells the world of `alerts`. */
  readonly claimAlert: ClaimAlert;
  readonly keys: KeyAdmin;
  readonly invites: InviteAdmin;
  readonly seats: Seats;
  readonly teams: TeamAdmin;
  /** The key as the one who makes a request; see `actAsKey`. */
  actAsKey(id: string): Promise<Principal>;
  readonly users: UserAdmin;
  readonly settings: SettingsAdmin;
  readonly audit: Pick<AuditStore, "list"> & {
    search(query: AuditQuery): Promise<AuditPage>;
    /** Of what changes nothing; the verbs put what they change on the trail themselves. */
    record(...what: Parameters<Audit>): Promise<void>;
  };
  readonly statistics: Statistics;
  reportByTeam(query: TeamStatisticsQuery): Promise<StatisticsReport>;
  readonly quota: QuotaWatch;
  readonly events: LiveEvents;
  readonly sessions: SessionAdmin;
  readonly requests: RecordedRequests;
  readonly batches: Batches;
  readonly titles: SessionTitles;
  readonly turns: SessionTurns;
  serve(call: ServeCall): Promise<ServeAnswer>;
  /** The models that a key (or, with null, anyone) may use, by id. */
  listModels(key: ApiKey | null): readonly CatalogueModel[];
  /** One of them by any of its names, or null. */
  findModel(asked: string, key: ApiKey | null): CatalogueModel | null;
  /** Stops background work. Requests under way finish; stores and upstream are the caller's to close. */
  close(): Promise<void>;
}

/** Composes the provider and starts checking the stored tokens in the background; waits for the stores only. */
export async function createProvider(options: ProviderOptions): Promise<Provider> {
  const { stores, upstream, clock, randomness, log, deviceFlowClientId: clientId = null } = options;
  const cache = await SettingsCache.open(stores.settings);
  const settings = () => cache.current();
  const pooled = composePool(options, cache);
  const { pool, accounts, models, events } = pooled;
  const ids = createIds(clock, randomness);
  const audit = createAudit(clock, ids);
  const tokens = new TokenAdmin({ stores, pool, accounts, clock, ids, audit });
  const deviceSignIns = new DeviceSignIns({ deviceFlow: upstream.deviceFlow, clientId, tokens, clock, ids, log });
  const lastClients = new LatestMap<string, string>(maxClients);
  const onRecord = (record: RequestRecord): void => {
    if (record.keyId !== null && record.userAgent !== null) lastClients.set(record.keyId, record.userAgent);
    events.publish({ kind: "request", record });
  };
  const teams = new TeamDirectory(stores);
  const watchRequest = publishStarts({ ...options, events, aliasOf: (tokenId) => accounts.alias(tokenId) });
  const serve = createServe({ ...options, ...pooled, teams, settings, onRecord, watchRequest });
  const keyStates = new KeyStateWatch({ stores, events, clock, log });
  const days = () => settings().recordingRetentionDays ?? options.recordingRetentionDays;
  const retention = new Retention({ ledger: stores.ledger, days, clock, randomness, log });
  const lastClient = (keyId: string): string | null => lastClients.get(keyId) ?? null;
  const hashing = new HashingThread(clock);
  const passwords = new PasswordHasher({ randomness, derive: (work) => hashing.derive(work) });
  const keys = new KeyAdmin({ stores, clock, ids, randomness, audit, settings, lastClient });
  const seats = new Seats({ stores, tokens, keys, deviceSignIns, clock, log, audit });
  const quota = new QuotaWatch({ stores, pool, accounts, settings, clock, log });
  const batches = createBatches({
    ...options,
    pool,
    serve,
    actAsKey: (id) => actAsKey(stores.keys, id, clock),
    // Right after a start nothing is known of any model.
    hasModel: (asked, key) => pool.models().length === 0 || models.find(asked, key, settings().modelAliases) !== null,
    settings,
    hasLegacyKey: options.legacyKey !== null,
    quota,
    events,
    ids,
    audit,
  });
  try {
    await accounts.open();
  } catch (error) {
    // Of what was made until here only these listen or go on by themselves.
    teams.close();
    await pooled.close();
    throw error;
  }
  retention.start();
  quota.start();
  await keyStates.start();
  batches.start();
  return {
    ...createOverview({ stores, upstream, pool, accounts, models, tokens, keys, settings, clock }),
    ids,
    signIn: new SignIn({ stores, clock, ids, randomness, audit, passwords, legacyKey: options.legacyKey, settings }),
    tokens,
    deviceSignIns,
    claimAlert: createClaimAlert(stores.audit, clock),
    keys,
    invites: new InviteAdmin({ stores, clock, ids, randomness, audit }),
    seats,
    teams: new TeamAdmin({ stores, clock, ids, audit }),
    actAsKey: (id) => actAsKey(stores.keys, id, clock),
    users: new UserAdmin({ users: stores.users, clock, ids, passwords, audit }),
    settings: new SettingsAdmin({ cache, pool, audit }),
    audit: {
      list: (query) => stores.audit.list(query),
      search: (query) => searchAudit(stores.audit, query),
      record: async (...what) => {
        await stores.audit.append(audit(...what));
      },
    },
    statistics: stores.statistics,
    reportByTeam: (query) => reportByTeam(stores, query),
    quota,
    events,
    requests: new RecordedRequests(stores),
    batches,
    titles: new SessionTitles(stores),
    turns: new SessionTurns(stores),
    sessions: new SessionAdmin({ sessions: stores.sessions, ledger: stores.ledger, audit, serve }),
    serve,
    listModels: (key) => models.list(key),
    findModel: (asked, key) => models.find(asked, key, settings().modelAliases),
    async close() {
      await batches.drain(0);
      deviceSignIns.close();
      await seats.close();
      teams.close();
      await keyStates.close();
      await quota.close();
      await hashing.close();
      await pooled.close();
      await retention.close();
    },
  };
}

/** The pool with its accounts and models, and who hears of its changes: other gateways, and who listens here. */
function composePool({ stores, upstream, clock, randomness, log }: ProviderOptions, cache: SettingsCache) {
  const pool = createPool({ clock, randomness, strategy: cache.current().routingStrategy });
  const accounts = new Accounts({ tokens: stores.tokens, pool, upstream, clock, randomness, log });
  const suspects = new SuspectSeats({ pool, accounts, clock, log });
  const sharing = new PoolSharing({ changes: stores.changes, pool, accounts, suspects, settings: cache, clock, log });
  const events = new LiveEvents(randomBase62(randomness, runIdCharacters));
  const stopPublishing = publishChanges(stores.changes, cache, events);
  pool.onStateChange(({ tokenId, state }) => {
    events.publish({ kind: "token_state", tokenId, alias: accounts.alias(tokenId), state });
  });
  const close = async (): Promise<void> => {
    stopPublishing();
    events.end();
    suspects.close();
    await sharing.close();
    await accounts.close();
  };
  return { pool, accounts, models: new ModelDirectory(pool), sharing, events, close };
}
