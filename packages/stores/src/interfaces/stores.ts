import type { AuditStore } from "./audit-store.js";
import type { BatchStore } from "./batch-store.js";
import type { ChangeFeed } from "./change-feed.js";
import type { FileStore } from "./file-store.js";
import type { InviteStore } from "./invite-store.js";
import type { KeyStore } from "./key-store.js";
import type { Ledger } from "./ledger.js";
import type { QuotaCycleStore } from "./quota-cycle-store.js";
import type { Sessions } from "./sessions.js";
import type { SettingsStore } from "./settings-store.js";
import type { Statistics } from "./statistics.js";
import type { StoreSize } from "./store-size.js";
import type { TeamStore } from "./team-store.js";
import type { TokenStore } from "./token-store.js";
import type { UserStore } from "./user-store.js";

/**
 * Everything that outlives the process. Each backend offers the whole set. A change and what the trail says of it are
 * one step: see `Audited`.
 */
export interface Stores {
  readonly tokens: TokenStore;
  readonly keys: KeyStore;
  readonly invites: InviteStore;
  readonly teams: TeamStore;
  readonly users: UserStore;
  readonly settings: SettingsStore;
  readonly audit: AuditStore;
  readonly ledger: Ledger;
  readonly statistics: Statistics;
  readonly sessions: Sessions;
  readonly quotaCycles: QuotaCycleStore;
  readonly files: FileStore;
  readonly batches: BatchStore;
  readonly changes: ChangeFeed;
  /** Whether records can be written now; `reason` is fit to show to an operator. */
  health(): StoreHealth;
  /** As it is now. Looks at every file or table: not for every request. */
  size(): Promise<StoreSize>;
  /** Writes what is pending and lets go of files and connections. */
  close(): Promise<void>;
}

export type StoreHealth = { readonly ok: true } | { readonly ok: false; readonly reason: string };
