import { type Clock, GatewayError, type Log, type Secret } from "@copilot-llm/model";
import { announceChanges } from "../changes/announce-changes.js";
import { createLocalChangeFeed } from "../changes/local-change-feed.js";
import { type DirectoryLock, lockDirectory } from "../directory/directory-lock.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../failure/store-failure.js";
import type { Stores } from "../interfaces/stores.js";
import { encryptionKeyPath, loadOrCreateEncryptionKey, parseEncryptionKey } from "../secrets/encryption-key.js";
import { createTokenCipher } from "../secrets/token-cipher.js";
import {
  type FsyncPolicy,
  type LedgerContents,
  type OpenSqliteLedger,
  startSqliteLedger,
  type WriteFailurePolicy,
} from "../sqlite/index.js";
import { createTeamInUse } from "../teams/team-conflicts.js";
import { createBackup } from "./backup/create-backup.js";
import { ChangeTrail } from "./change-trail.js";
import { type DataDirectory, openDataDirectory } from "./data-directory.js";
import { invitesFormat, openInviteStore } from "./lowdb-invite-store.js";
import { keysFormat, openKeyStore } from "./lowdb-key-store.js";
import { openQuotaCycleStore, quotaCyclesFormat } from "./lowdb-quota-cycle-store.js";
import { openSettingsStore, settingsFormat } from "./lowdb-settings-store.js";
import { openTeamStore, teamsFormat } from "./lowdb-team-store.js";
import { openTokenStore, tokensFormat } from "./lowdb-token-store.js";
import { openUserStore, usersFormat } from "./lowdb-user-store.js";
import { measureDirectory } from "./measure-directory.js";
import { upgradeDocument } from "./stored-document.js";

export interface LowdbStoresOptions {
  readonly dataDir: string;
  /** What `ENCRYPTION_KEY` says; null: the key in the data directory, generated there at the first start. */
  readonly encryptionKey: Secret | null;
  readonly clock: Clock;
  readonly log: Log;
  /** Default `interval`: an answered request survives the process, and a power cut takes at most the last second. */
  readonly fsync?: FsyncPolicy;
  /** What an append does while the disk is full or failing. Default `fail`. */
  readonly whenWriteFails?: WriteFailurePolicy;
  /** More than this waiting for the disk, and reservations are refused. Default 256 MiB. */
  readonly maxPendingBytes?: number;
  /** A file of bodies is full at this size. Default 256 MiB. */
  readonly fullBodyFileBytes?: number;
  /** How often full files of bodies are packed. Default 10 minutes; null never does. */
  readonly packEveryMs?: number | null;
}

export interface LowdbStores extends Stores {
  /**
   * A consistent copy of everything as a tar archive, made while the stores go on; `restoreLowdbBackup` takes it.
   * Tokens in it are encrypted; with `withEncryptionKey` a key kept in the data directory is in it as well.
   */
  backup(options: { readonly withEncryptionKey: boolean }): AsyncIterable<Uint8Array>;
  /** For another backend to take over. */
  ledgerContents(): LedgerContents;
}

/**
 * Opens the embedded stores. Refuses with one line (`GatewayError` `unavailable`, fit for the operator) when the
 * directory cannot be used, is in use by another process, or holds anything damaged; nothing is changed then. When
 * another process takes the directory over because this one stood still (stopped, or its machine suspended), that is
 * logged once and told by `health`; from then on every change, append and reservation is refused (`unavailable`).
 */
export async function openLowdbStores(options: LowdbStoresOptions): Promise<LowdbStores> {
  const directory = await openDataDirectory(options.dataDir);
  const lock = await lockDirectory(directory.path, options.clock);
  lock.onLost(({ message }) => options.log.error(`${message} Restart this gateway.`));
  const opened: (() => Promise<void>)[] = [() => lock.release()];
  const closeAll = async () => {
    for (const close of opened.reverse()) await close();
  };
  try {
    return await openParts({ options, directory, lock, opened, closeAll });
  } catch (error) {
    await closeAll();
    throw describeOpenFailure(error, directory.path);
  }
}

interface Opening {
  readonly options: LowdbStoresOptions;
  readonly directory: DataDirectory;
  readonly lock: DirectoryLock;
  /** How to close what is opened so far. */
  readonly opened: (() => Promise<void>)[];
  readonly closeAll: () => Promise<void>;
}

async function openParts({ options, directory, lock, opened, closeAll }: Opening): Promise<LowdbStores> {
  const { clock, log } = options;
  const requireHeld = () => lock.requireHeld();
  function keep<Part extends { close(): Promise<void> }>(part: Part): Part {
    opened.push(() => part.close());
    return part;
  }
  // Its thread gets ready while documents are read.
  const starting = startSqliteLedger({
    databasePath: directory.ledger,
    bodiesDirectory: directory.bodies,
    filesDirectory: directory.files,
    isExpected: directory.isComplete,
    clock,
    log,
    fsync: options.fsync ?? "interval",
    whenWriteFails: options.whenWriteFails ?? "fail",
    maxPendingBytes: options.maxPendingBytes ?? 256 << 20,
    fullBodyFileBytes: options.fullBodyFileBytes ?? 256 << 20,
    packEveryMs: options.packEveryMs === undefined ? 600_000 : options.packEveryMs,
    requireHeld,
  });
  let ledger: OpenSqliteLedger | null = null;
  // Closed after the trail, which writes to it until then.
  keep({ close: () => ledger?.close() ?? starting.stop() });
  const trail = keep(new ChangeTrail(log));
  const context = { trail, requireHeld };
  // Keys, invitations and teams are documents of their own. Each change is decided at once, by what all three hold and
  // by what is not on disk yet, so that none comes to name a team that is gone, whichever of their writes fails.
  const hasTeam = (teamId: string): boolean => teams.hasTeam(teamId);
  const requireUnused = (teamId: string): void => {
    if (keys.isTeamNamed(teamId)) throw createTeamInUse("keys");
    if (invites.isTeamNamed(teamId)) throw createTeamInUse("invites");
  };
  const ciphers = { load: (isNeeded: boolean) => loadCipher(options, directory, isNeeded) };
  const tokens = keep(await openTokenStore(directory.tokens, ciphers, context));
  const keys = keep(await openKeyStore(directory.keys, context, hasTeam));
  const users = keep(await openUserStore(directory.users, context, clock));
  const settings = keep(await openSettingsStore(directory.settings, context));
  const invites = keep(await openInviteStore(directory.invites, context, { clock, hasTeam }));
  const teams = keep(await openTeamStore(directory.teams, context, requireUnused));
  const quotaCycles = keep(await openQuotaCycleStore(directory.quotaCycles, context));
  ledger = await starting.open();
  const { statistics, sessions, audit, contents, takeCopy, abandon } = ledger;
  lock.onLost(abandon);
  await requireHeld();
  // Only now: nothing is changed in a directory that cannot be opened as a whole.
  await upgradeDocument(directory.tokens, tokensFormat);
  await upgradeDocument(directory.keys, keysFormat);
  await upgradeDocument(directory.users, usersFormat);
  await upgradeDocument(directory.settings, settingsFormat);
  await upgradeDocument(directory.quotaCycles, quotaCyclesFormat);
  await upgradeDocument(directory.invites, invitesFormat);
  await upgradeDocument(directory.teams, teamsFormat);
  await directory.markComplete();
  trail.start(audit);
  const changes = createLocalChangeFeed();
  const configuration = {
    tokens: tokens.store,
    keys: keys.store,
    teams: teams.store,
    users: users.store,
    settings: settings.store,
  };
  let closing: Promise<void> | null = null;
  return {
    ...announceChanges(configuration, changes.tell),
    invites: invites.store,
    files: ledger.files,
    batches: ledger.batches,
    changes,
    audit: trail,
    ledger: ledger.ledger,
    statistics,
    sessions,
    quotaCycles: quotaCycles.store,
    health: ledger.health,
    size: () => measureDirectory(directory),
    ledgerContents: contents,
    backup: ({ withEncryptionKey }) => {
      const extraFiles = withEncryptionKey ? [encryptionKeyPath(directory.path)] : [];
      return createBackup({ directory, trail, takeCopy, extraFiles });
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };
}

async function loadCipher(options: LowdbStoresOptions, directory: DataDirectory, isNeeded: boolean) {
  if (options.encryptionKey !== null) {
    return { cipher: createTokenCipher(await parseEncryptionKey(options.encryptionKey)), source: "ENCRYPTION_KEY" };
  }
  const key = await loadOrCreateEncryptionKey(directory.path, !isNeeded);
  return { cipher: createTokenCipher(key), source: encryptionKeyPath(directory.path) };
}

function describeOpenFailure(error: unknown, path: string): unknown {
  if (error instanceof GatewayError || systemErrorCode(error) === null) return error;
  return createStoreFailure(`DATA_DIR ${path} cannot be used: ${describeSystemError(error)}.`, error);
}
